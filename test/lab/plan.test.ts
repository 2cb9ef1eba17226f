import { describe, expect, test } from 'vitest'
import { hierarchiesIn } from '../../server/lab/groups.ts'
import { whyNoLab } from '../../server/lab/machine.ts'
import { chooseNetwork, LAB_NETWORKS } from '../../server/lab/network.ts'
import { engineSettings, nodeCommand } from '../../server/lab/node-script.ts'
import { type LabPlan, labName, nodeOf, planLab } from '../../server/lab/plan.ts'
import { mountsUnder } from '../../server/lab/remove.ts'
import {
  type Command,
  cableCommand,
  placeCommands,
  pluggedIn,
  switchCommands,
} from '../../server/lab/wiring.ts'
import { freeSubnets, POOLS } from '../../server/range/enclave/addresses.ts'

const folder = '/srv/kilp/.kilp/lab'
const plan = planLab(folder, '192.168.97.0/24', 3)
const node = nodeOf(plan, 'n2')
const text = (command: Command) => command.join(' ')
const wires = (of: LabPlan) => [
  ...switchCommands(of),
  ...of.nodes.flatMap((one) => placeCommands(of, one)),
  ...of.nodes.flatMap((one) => [true, false].map((plugged) => cableCommand(of, one, plugged))),
]

describe('nodes of a lab', () => {
  test('have each an address, a namespace, a folder and a socket of their own', () => {
    expect(plan.nodes.map(({ name, address }) => [name, address])).toEqual([
      ['n1', '192.168.97.1'],
      ['n2', '192.168.97.2'],
      ['n3', '192.168.97.3'],
    ])
    expect(node).toMatchObject({
      namespace: `${labName(folder)}-n2`,
      folder: `${folder}/n2`,
      socket: `${folder}/n2/docker.sock`,
    })
    const own = plan.nodes.flatMap((one) => Object.values(one))
    expect(new Set([...own, plan.switch]).size).toBe(own.length + 1)
  })
  test('of another folder have other names, so that two labs on a machine do not meet', () => {
    const other = planLab('/srv/other/.kilp/lab', '192.168.97.0/24', 3)
    const names = ({ nodes, switch: name }: LabPlan) => [name, ...nodes.map(({ namespace }) => namespace)]
    expect(names(other).filter((name) => names(plan).includes(name))).toEqual([])
    // Neither begins like the other, or one's removal would take the other's with it.
    expect(other.name.startsWith(plan.name) || plan.name.startsWith(other.name)).toBe(false)
  })
  test.each([0, 17, 1.5, Number.NaN, -3])('%d of them are refused', (count) => {
    expect(() => planLab(folder, '192.168.97.0/24', count)).toThrow(
      /1 to 16 nodes: say so many, as --nodes 3/,
    )
  })
  test('that do not exist are refused, with those that do', () => {
    expect(() => nodeOf(plan, 'n4')).toThrow('The lab has no node "n4". It has n1, n2, n3')
  })
  test('in a folder too deep for a socket are refused before anything is made', () => {
    const fits = `/${'d'.repeat(107 - '//n1/docker.sock'.length)}`
    expect(planLab(fits, '192.168.97.0/24', 9).nodes[0]?.socket).toHaveLength(107)
    expect(() => planLab(fits, '192.168.97.0/24', 10)).toThrow(/107 bytes, and .* has 108: .*shorter path/)
    expect(() => planLab(`${fits.slice(1)}ä`, '192.168.97.0/24', 9)).toThrow(/has 108/)
  })
})

describe('network of a lab', () => {
  const route = (cidr: string) => [{ cidr, by: 'route over tun0' }]
  test('is the first of ours that no route of the machine touches', () => {
    expect(chooseNetwork(undefined, null, [])).toBe(LAB_NETWORKS[0])
    expect(chooseNetwork(undefined, null, route('192.168.97.128/25'))).toBe(LAB_NETWORKS[1])
    expect(chooseNetwork(undefined, null, route('192.168.0.0/16'))).toBe(LAB_NETWORKS[2])
  })
  test('never lies in a pool of enclaves, the usual ones or one that was set', () => {
    for (const cidr of LAB_NETWORKS)
      expect(
        freeSubnets(
          cidr,
          POOLS.map((pool) => ({ cidr: pool, by: '' })),
          1,
        ).subnets,
      ).toEqual([cidr])
    expect(chooseNetwork(undefined, '192.168.96.0/20', [])).toBe(LAB_NETWORKS[1])
    expect(() => chooseNetwork('10.201.7.0/24', null, [])).toThrow(/10\.201\.0\.0\/16 \(the enclaves' pool\)/)
  })
  test('of one that is asked for is a free part', () => {
    expect(chooseNetwork('172.30.0.0/16', null, route('172.30.0.0/23'))).toBe('172.30.2.0/24')
  })
  test.each([
    ['10.77.0.0/24', "10.77.0.0/24 is taken: 10.0.0.0/8 (a swarm's networks)"],
    ['172.17.3.0/24', "172.17.3.0/24 is taken: 172.17.0.0/16 (an engine's own bridge)"],
    ['192.168.5.0/24', '192.168.5.0/24 is taken: 192.168.5.0/24 (route over tun0)'],
    ['192.168.5.0/25', '--network: 192.168.5.0/25 is smaller than one /24'],
    ['five', '--network: "five" is not an IPv4 network'],
  ])('asked for as %s is refused: %s', (asked, says) => {
    expect(() => chooseNetwork(asked, null, route('192.168.5.0/24'))).toThrow(says)
  })
  test('that has no place anywhere is refused with who has each, and how to name another', () => {
    expect(() =>
      chooseNetwork(undefined, null, [...route('192.168.0.0/16'), ...route('172.16.0.0/12')]),
    ).toThrow(
      /192\.168\.97\.0\/24 is taken: 192\.168\.0\.0\/16 \(route over tun0\).*172\.28\.97\.0\/24 is taken: .*--network/,
    )
  })
})

describe('wires of a lab', () => {
  test('each command acts inside of a namespace of this lab, or makes one', () => {
    const ours = [plan.switch, ...plan.nodes.map(({ namespace }) => namespace)]
    const places = wires(plan).map(([tool, flag, place, name]) =>
      tool === 'nsenter' ? flag?.replace('--net=/run/netns/', '') : flag === '-n' ? place : name,
    )
    expect(places.filter((place) => !ours.includes(place ?? ''))).toEqual([])
    expect(new Set(places)).toEqual(new Set(ours))
  })
  test('lead from a node to the switch and nowhere else: no route, no address of the switch', () => {
    const made = wires(plan).map(text)
    expect(made.filter((command) => /route|default|gateway/.test(command))).toEqual([])
    expect(
      made.filter((command) => command.includes('address')).map((command) => command.split(' ')[2]),
    ).toEqual(plan.nodes.map(({ namespace }) => namespace))
  })
  test('a cable is out when its port is down', () => {
    expect(text(cableCommand(plan, node, false))).toBe(`ip -n ${plan.switch} link set n2 down`)
    const shown = [
      { ifname: 'n1', flags: ['BROADCAST', 'UP', 'LOWER_UP'] },
      { ifname: 'n2', flags: ['BROADCAST', 'MULTICAST'] },
      // Its node has the other end down: the cable is in.
      { ifname: 'n3', flags: ['NO-CARRIER', 'UP'] },
    ]
    expect(pluggedIn(JSON.stringify(shown))).toEqual(['n1', 'n3'])
  })
})

test('a node’s engine has all that it keeps in the node’s folder, and answers at its socket alone', () => {
  expect(engineSettings(node)).toEqual({
    // The second one is inside of the node, whose /run is its own.
    hosts: [`unix://${folder}/n2/docker.sock`, 'unix:///run/docker.sock'],
    'data-root': `${folder}/n2/data`,
    'exec-root': '/run/docker',
    pidfile: '/run/docker.pid',
    'storage-driver': 'overlay2',
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
  })
  const command = nodeCommand(plan, node)
  expect(command.slice(0, 2)).toEqual(['nsenter', `--net=/run/netns/${node.namespace}`])
  expect(command.slice(-2)).toEqual([node.folder, 'dockerd'])
})

describe('a machine', () => {
  test.each([
    ['darwin', 501, [], /runs darwin: make it on a Linux machine/],
    ['linux', 1000, [], /as root \(sudo/],
    ['linux', 0, ['dockerd', 'nsenter'], /needs dockerd, nsenter, .*apt-get install/],
    ['linux', 0, ['ip'], /^A lab needs ip, and this machine has no such command\. Beside it/],
  ] as const)('%s, user %d, without %j', (platform, uid, missing, says) => {
    expect(whyNoLab(platform, uid, missing)).toMatch(says)
  })
  test('with all of it will do', () => {
    expect(whyNoLab('linux', 0, [])).toBeNull()
  })
  test('has its control groups in hierarchies of version 1, or in one of version 2', () => {
    const mounts = `proc /proc proc rw 0 0
cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
tmpfs /sys/fs/cgroup tmpfs rw 0 0`
    expect(hierarchiesIn(mounts)).toEqual(['/sys/fs/cgroup/cpu,cpuacct', '/sys/fs/cgroup/unified'])
  })
  test('has nothing else unmounted than what lies in the lab’s folder, the innermost first', () => {
    const mounts = `/dev/vda / ext4 rw 0 0
overlay /srv/my\\040kilp/lab/n1/data overlay rw 0 0
tmpfs /srv/my\\040kilp/lab/n1/data/tmp tmpfs rw 0 0
tmpfs /srv/my\\040kilp/laboratory tmpfs rw 0 0
tmpfs /srv/my\\040kilp/lab tmpfs rw 0 0`
    expect(mountsUnder(mounts, '/srv/my kilp/lab')).toEqual([
      '/srv/my kilp/lab/n1/data/tmp',
      '/srv/my kilp/lab/n1/data',
    ])
  })
})
