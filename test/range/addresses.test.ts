import { describe, expect, test } from 'vitest'
import {
  chooseSubnets,
  freeSubnets,
  gatewayOf,
  hostsOf,
  POOLS,
} from '../../server/range/enclave/addresses.ts'

const taken = (...cidrs: readonly string[]) => cidrs.map((cidr) => ({ cidr, by: 'somebody' }))
const free = (pool: string, used: readonly string[], count: number) =>
  freeSubnets(pool, taken(...used), count).subnets

describe('address pool', () => {
  test('gives the first subnets that touch nothing in use', () => {
    const used = ['10.201.0.0/24', '10.201.2.128/25', '172.17.0.0/16', 'fd00::/64', '10.201.4.7/22']
    expect(free('10.201.0.0/16', used, 3)).toEqual(['10.201.1.0/24', '10.201.3.0/24', '10.201.8.0/24'])
  })
  test('a single address in use takes its subnet', () => {
    expect(free('10.9.0.0/22', ['10.9.1.77'], 4)).toEqual(['10.9.0.0/24', '10.9.2.0/24', '10.9.3.0/24'])
  })
  test('is the same for the same input', () => {
    expect(free('10.9.0.0/16', [], 4)).toEqual(free('10.9.0.0/16', [], 4))
  })
  test('a pool written with host bits is its network', () => {
    expect(free('10.9.3.7/16', [], 1)).toEqual(['10.9.0.0/24'])
  })
  test.each(['10.201.0.0', 'ten', '10.300.0.0/16', '10.0.0.0/40', '', 'fd00::/48'])(
    'refuses "%s"',
    (pool) => {
      expect(() => free(pool, [], 1)).toThrow(/is not an IPv4 network/)
    },
  )
  test('refuses a pool that is smaller than one subnet', () => {
    expect(() => free('10.201.0.0/25', [], 1)).toThrow(/smaller than one/)
  })
  test('a network in use that spans the whole pool leaves nothing', () => {
    expect(free('10.201.0.0/16', ['10.0.0.0/8'], 1)).toEqual([])
  })
  test('a way to everywhere takes nothing: a VPN splits the internet into halves', () => {
    expect(free('10.201.0.0/16', ['0.0.0.0/1', '128.0.0.0/1', '0.0.0.0/0'], 1)).toEqual(['10.201.0.0/24'])
  })
})

describe('choice of a pool', () => {
  const vpn = [{ cidr: '10.0.0.0/8', by: 'route over tun0' }]
  test('is the first of ours that has room, and says why the others were passed', () => {
    expect(chooseSubnets(undefined, [], 2)).toEqual({
      subnets: ['10.201.0.0/24', '10.201.1.0/24'],
      passed: [],
    })
    const { subnets, passed } = chooseSubnets(undefined, vpn, 2)
    expect(subnets).toEqual(['172.29.0.0/24', '172.29.1.0/24'])
    expect(passed).toEqual([
      `The address pool ${POOLS[0]} has 0 free networks and this exercise needs 2; taken: 10.0.0.0/8 (route over tun0)`,
    ])
  })
  test('is the named pool and no other; without room it says how much is missing, who has it and what to set', () => {
    expect(() => chooseSubnets('10.9.0.0/22', taken('10.9.1.0/24'), 4)).toThrow(
      /10\.9\.0\.0\/22 has 3 free networks and this exercise needs 4; taken: 10\.9\.1\.0\/24 \(somebody\).*KILP_POOL/,
    )
    const many = taken(...Array.from({ length: 9 }, (_, n) => `10.9.${n}.0/24`))
    expect(() => chooseSubnets('10.9.0.0/21', many, 1)).toThrow(/10\.9\.5\.0\/24 \(somebody\) and 2 more/)
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
})
