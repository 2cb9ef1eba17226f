import { describe, expect, test } from 'vitest'
import { type GuardWord, readGuard } from '../../server/range/isolation/guard.ts'
import { openWays, PLAIN_RULES, RULES } from '../../server/range/isolation/host-rules.ts'

const ours = RULES.map((rule) => `-A ${rule}`)
const [toHost = '', stays = '', through = ''] = ours
const docker = [
  '-P INPUT ACCEPT',
  '-P FORWARD DROP',
  '-N DOCKER-USER',
  '-N DOCKER-ISOLATION-STAGE-1',
  '-A DOCKER-USER -j RETURN',
  '-A DOCKER-ISOLATION-STAGE-1 ! -s 10.201.0.0/24 -o kilp-1p -j DROP',
  '-A DOCKER-ISOLATION-STAGE-1 -j RETURN',
]

describe('what a table of rules leaves open', () => {
  test('nothing, where ours stand first', () => {
    expect(openWays([...docker, ...ours, '-A INPUT -j ACCEPT'])).toEqual([])
  })
  test('nothing, where the engine put its own before ours', () => {
    const engine = ['-A FORWARD -j DOCKER-USER', '-A FORWARD -j DOCKER-ISOLATION-STAGE-1']
    expect(openWays([...docker, ...engine, ...ours])).toEqual([])
  })
  test('nothing, where what stands before is for other interfaces, or lets nothing through', () => {
    const before = [
      '-A INPUT -i lo -j ACCEPT',
      '-A INPUT -i docker+ -j ACCEPT',
      '-A INPUT -j LOG',
      '-A INPUT -s 192.0.2.1/32 -j REJECT --reject-with icmp-port-unreachable',
    ]
    expect(openWays([...docker, ...before, ...ours])).toEqual([])
  })
  test.each([
    ['one that is gone', [stays, through], ['rule "INPUT -i kilp-+ -j DROP" was gone']],
    ['all that are gone', [], RULES.filter((r) => r.endsWith('DROP')).map((r) => `rule "${r}" was gone`)],
    [
      'one behind an ACCEPT',
      ['-A INPUT -p tcp -j ACCEPT', ...ours],
      ['rule "INPUT -i kilp-+ -j DROP" stood after "INPUT -p tcp -j ACCEPT"'],
    ],
    [
      'one behind an ACCEPT of all but one interface',
      ['-A INPUT ! -i eth0 -j ACCEPT', ...ours],
      ['rule "INPUT -i kilp-+ -j DROP" stood after "INPUT ! -i eth0 -j ACCEPT"'],
    ],
    [
      'one behind a chain that accepts',
      ['-A ufw-before -i lo -j ACCEPT', '-A ufw-before -p icmp -j ACCEPT', '-A INPUT -j ufw-before', ...ours],
      ['rule "INPUT -i kilp-+ -j DROP" stood after "INPUT -j ufw-before"'],
    ],
    [
      'one behind what a user put into the engine’s chain',
      ['-A DOCKER-USER -s 10.0.0.0/8 -j ACCEPT', '-A FORWARD -j DOCKER-USER', ...ours],
      [`rule "${RULES[2]}" stood after "FORWARD -j DOCKER-USER"`],
    ],
  ])('%s', (_, table, open) => {
    expect(openWays([...docker, ...table])).toEqual(open)
  })
  test('a chain that leads back to itself is no riddle', () => {
    const loop = ['-A a -j b', '-A b -j a', '-A INPUT -j a']
    expect(openWays([...loop, ...ours])).toEqual([])
  })
  test('the plain rules are judged by themselves', () => {
    expect(
      openWays(
        PLAIN_RULES.map((rule) => `-A ${rule}`),
        PLAIN_RULES,
      ),
    ).toEqual([])
    expect(openWays([toHost], PLAIN_RULES)).toHaveLength(1)
  })
})

test('a guard’s lines become words', () => {
  const words: GuardWord[] = []
  const read = readGuard((word) => words.push(word))
  for (const line of [
    'ok',
    'was 4 -P INPUT ACCEPT',
    ...[stays, through].map((rule) => `was 4 ${rule}`),
    'by ufw',
    'mended 4',
    ...ours.toReversed().map((rule) => `was 6 ${rule}`),
    'mended 6',
    'open 4 Permission denied (you must be root)',
    'no: nothing works',
  ])
    read(line)
  expect(words).toEqual([
    { says: 'standing' },
    { says: 'mended', open: ['iptables: rule "INPUT -i kilp-+ -j DROP" was gone (changed by ufw)'] },
    { says: 'mended', open: [] },
    {
      says: 'open',
      why: 'Permission denied (you must be root)',
      open: RULES.filter((rule) => rule.endsWith('DROP')).map((rule) => `iptables: rule "${rule}" was gone`),
    },
    { says: 'open', open: [], why: 'nothing works' },
  ])
})
