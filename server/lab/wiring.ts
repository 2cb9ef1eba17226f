import type { LabNode, LabPlace, LabPlan } from './plan.ts'

/** A command with its arguments. */
export type Command = readonly string[]

const BRIDGE = 'lan'
const BITS = 24
/** Frames that go through the switch are no business of iptables: a container's network elsewhere on this machine turns that on. */
const UNFILTERED =
  'for way in iptables ip6tables arptables; do at=/proc/sys/net/bridge/bridge-nf-call-$way; [ ! -f $at ] || echo 0 >$at; done'

/** Pure: what runs in a network namespace. Not by `ip netns exec`, which hides the control groups' mounts. */
export const inside = (namespace: string, command: Command): Command => [
  'nsenter',
  `--net=/run/netns/${namespace}`,
  ...command,
]

/** Pure: makes the switch: a bridge without an address, in a namespace of its own. This machine's own firewall would cut a bridge of its own. */
export const switchCommands = (plan: LabPlan): readonly Command[] => [
  ['ip', 'netns', 'add', plan.switch],
  ['ip', '-n', plan.switch, 'link', 'add', BRIDGE, 'type', 'bridge'],
  inside(plan.switch, ['sh', '-c', UNFILTERED]),
  ['ip', '-n', plan.switch, 'link', 'set', BRIDGE, 'up'],
]

/** Pure: makes the namespace of a place with one cable, to the switch. It has a route to the other places and none to anywhere else; this machine has no end of it. */
export const placeCommands = (plan: LabPlan, { name, namespace, address }: LabPlace): readonly Command[] => [
  ['ip', 'netns', 'add', namespace],
  ['ip', '-n', plan.switch, 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace],
  ['ip', '-n', plan.switch, 'link', 'set', name, 'master', BRIDGE, 'up'],
  ['ip', '-n', namespace, 'address', 'add', `${address}/${BITS}`, 'dev', 'eth0'],
  ['ip', '-n', namespace, 'link', 'set', 'lo', 'up'],
  ['ip', '-n', namespace, 'link', 'set', 'eth0', 'up'],
]

/** Pure: takes a node's cable out of the switch, or puts it back. */
export const cableCommand = (plan: LabPlan, { name }: LabNode, plugged: boolean): Command => [
  'ip',
  '-n',
  plan.switch,
  'link',
  'set',
  name,
  plugged ? 'up' : 'down',
]

/** Pure: shows the switch's ports, for `pluggedIn`. */
export const portsCommand = (plan: LabPlan): Command => ['ip', '-n', plan.switch, '-j', 'link', 'show']

/** Pure: ports whose cable is in. */
export function pluggedIn(shown: string): readonly string[] {
  const links = JSON.parse(shown) as readonly { readonly ifname: string; readonly flags: readonly string[] }[]
  return links.filter(({ flags }) => flags.includes('UP')).map(({ ifname }) => ifname)
}
