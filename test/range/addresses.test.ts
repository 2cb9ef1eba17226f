import { describe, expect, test } from 'vitest'
import {
  formatAddress,
  freeSubnets,
  gatewayOf,
  hostsOf,
  parseBlock,
} from '../../server/range/enclave/addresses.ts'

describe('address pool', () => {
  test('gives the first subnets that touch nothing in use', () => {
    const used = ['10.201.0.0/24', '10.201.2.128/25', '172.17.0.0/16', 'fd00::/64', '10.201.4.7/22']
    expect(freeSubnets('10.201.0.0/16', used, 3)).toEqual(['10.201.1.0/24', '10.201.3.0/24', '10.201.8.0/24'])
  })
  test('is the same for the same input', () => {
    expect(freeSubnets('10.9.0.0/16', [], 4)).toEqual(freeSubnets('10.9.0.0/16', [], 4))
  })
  test('says how many networks are missing and what to set', () => {
    expect(() => freeSubnets('10.9.0.0/22', ['10.9.1.0/24'], 4)).toThrow(
      /has 3 free networks.*needs 4.*KILP_POOL/,
    )
  })
  test.each(['10.201.0.0', 'ten', '10.300.0.0/16', '10.0.0.0/40'])('refuses %s', (pool) => {
    expect(() => freeSubnets(pool, [], 1)).toThrow(/is not an IPv4 network/)
  })
  test('refuses a pool that is smaller than one subnet', () => {
    expect(() => freeSubnets('10.201.0.0/25', [], 1)).toThrow(/smaller than one/)
  })
  test('a network in use that spans the whole pool leaves nothing', () => {
    expect(() => freeSubnets('10.201.0.0/16', ['10.0.0.0/8'], 1)).toThrow(/has 0 free/)
  })
})

describe('hosts of a subnet', () => {
  test('are distinct, never the network, gateway or broadcast, and depend on the key', () => {
    const hosts = hostsOf('10.201.7.0/24', 'a')
    expect(new Set(hosts).size).toBe(249)
    expect(hosts).not.toContain('10.201.7.0')
    expect(hosts).not.toContain(gatewayOf('10.201.7.0/24'))
    expect(hosts).not.toContain('10.201.7.255')
    expect(hosts).toEqual(hostsOf('10.201.7.0/24', 'a'))
    expect(hosts).not.toEqual(hostsOf('10.201.7.0/24', 'b'))
  })
  test('an address survives parsing and formatting', () => {
    expect(formatAddress(parseBlock('192.168.255.254/32').first)).toBe('192.168.255.254')
  })
})
