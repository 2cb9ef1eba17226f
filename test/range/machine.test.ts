import { describe, expect, test } from 'vitest'
import { notProven } from '../../server/range/enclave/deploy.ts'
import { needsOf, readSettings, sysctlLine, tooLow } from '../../server/range/machine/limits.ts'
import { readRoutes } from '../../server/range/machine/routes.ts'

describe('limits of the engine’s machine', () => {
  const table = (teams: number) => needsOf(teams * 17)['net.ipv4.neigh.default.gc_thresh3']
  test('whoever is root in a container may call every address of its two networks, and takes no place in the table of neighbours from others', () => {
    expect([table(1), table(3), table(8), table(24)]).toEqual([16_384, 32_768, 131_072, 262_144])
  })
  test('what is too low is named with what it needs; what is enough, or unknown, is not', () => {
    const { has } = readSettings([
      'net.ipv4.neigh.default.gc_thresh1 128',
      'net.ipv4.neigh.default.gc_thresh2 90000',
      'net.ipv4.neigh.default.gc_thresh3 1024',
      'fs.inotify.max_user_instances ',
      'kernel.pid_max 4194304',
    ])
    const low = tooLow(has, needsOf(136))
    expect(low).toEqual([
      { setting: 'net.ipv4.neigh.default.gc_thresh1', is: 128, needs: 16_384 },
      { setting: 'net.ipv4.neigh.default.gc_thresh3', is: 1_024, needs: 131_072 },
    ])
    expect(sysctlLine(low)).toBe(
      'sysctl -w net.ipv4.neigh.default.gc_thresh1=16384 net.ipv4.neigh.default.gc_thresh3=131072',
    )
  })
  test('what found the table full is summed over the processors', () => {
    expect(readSettings(['full 0000000a', 'full 00000100']).neighbourFailures).toBe(266)
  })
})

test('routes of all tables are networks in use, each once, with where they lead', () => {
  const lines = [
    '[{"type":"unreachable","dst":"10.201.9.0/24","table":"78","flags":[]},{"dst":"10.201.5.0/24","dev":"d0","protocol":"kernel","flags":[]},{"type":"local","dst":"10.201.5.1","dev":"d0","table":"local"},{"type":"broadcast","dst":"10.201.5.255","dev":"d0","table":"local"}]',
    '',
    '[{"dst":"default","dev":"eth0"},{"dst":"10.0.0.0/8","dev":"tun0","table":"51820"},{"dst":"10.0.0.0/8","dev":"tun0","table":"99"}]',
    '[]',
  ]
  expect(readRoutes(lines)).toEqual([
    { cidr: '10.201.9.0/24', by: 'unreachable route, table 78' },
    { cidr: '10.201.5.0/24', by: 'route over d0' },
    { cidr: '10.201.5.1', by: 'route over d0' },
    { cidr: '10.0.0.0/8', by: 'route over tun0, table 51820' },
  ])
})

describe('a proof that fails', () => {
  const check = (name: string) => ({ name, target: '10.0.0.1', ok: false, detail: 'EHOSTUNREACH' })
  test('because the own services are silent does not blame isolation', () => {
    expect(notProven('est', [check('probe: own enclave in reach')]).message).toBe(
      'the containers of team est do not reach one another, so that its isolation can not be proven',
    )
  })
  test('because something was reached says what', () => {
    const broken = [check('probe: own enclave in reach'), check('probe: the host out of reach')]
    expect(notProven('est', broken).message).toBe(
      'the enclave of team est is not isolated: probe: the host out of reach',
    )
  })
})
