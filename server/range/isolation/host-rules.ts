/**
 * What keeps enclaves in, on the engine's host and whatever the engine's own rules say. An internal network still reaches the host's own ports through
 * its gateway address (measured); engines before 25 give its containers a default route; and what keeps two bridges apart is the engine's, so that a
 * firewall which flushes FORWARD takes that away (and, where the policy is DROP, also cuts each enclave's own services off from one another).
 */
export const NOT_TO_HOST = 'INPUT -i kilp-+ -j DROP'
/** Frames that stay on one bridge: a service speaks with another of its own network. */
const STAYS = 'FORWARD -i kilp-+ -m physdev --physdev-is-bridged -j ACCEPT'
/** All else is on its way through the host: to another enclave or out. */
const NOT_THROUGH = 'FORWARD -i kilp-+ -m physdev ! --physdev-is-bridged -j DROP'
/** For kernels that can not tell frames that stay; there enclaves are apart by the engine's own rules. Older Kilps put it everywhere. */
const NOT_OUT = 'FORWARD -i kilp-+ ! -o kilp-+ -j DROP'

/** In the words of `iptables -S`, and in the order in which they stand, first of all in their chains. */
export const RULES = [NOT_TO_HOST, STAYS, NOT_THROUGH] as const
export const PLAIN_RULES = [NOT_TO_HOST, NOT_OUT] as const
/** Every one that any Kilp ever put there. */
export const ALL_RULES = [...RULES, NOT_OUT] as const

/**
 * In the table `raw`: nobody follows connections within enclaves. The host's table of them is one for all, and a team could fill it. Where the kernel does not know it, connections are followed.
 */
export const UNTRACKED = 'PREROUTING -i kilp-+ -j CT --notrack'

const HARMLESS = /^(DROP|REJECT|LOG|NFLOG|RETURN|MARK|CONNMARK|TRACE)$/

/**
 * Pure: which of our rules did not do their work in a table as `iptables -S` tells it, in words. Empty when they were only pushed down by
 * rules that let nothing through, as the engine does whenever it makes a network.
 */
export function openWays(table: readonly string[], rules: readonly string[] = RULES): readonly string[] {
  return rules
    .filter((rule) => rule.endsWith('-j DROP'))
    .flatMap((rule) => {
      const [chain = ''] = rule.split(' ')
      const those = table.filter((line) => line.startsWith(`-A ${chain} `))
      const at = those.indexOf(`-A ${rule}`)
      if (at < 0) return [`rule "${rule}" was gone`]
      const before = those
        .slice(0, at)
        .find((line) => !rules.some((own) => line === `-A ${own}`) && mayAccept(line, table, new Set()))
      return before ? [`rule "${rule}" stood after "${before.slice(3)}"`] : []
    })
}

/** Whether a rule may let through what comes from one of our bridges: by itself, or by the chain that it leads to. */
function mayAccept(line: string, table: readonly string[], seen: Set<string>): boolean {
  const from = /(?:^| )(! )?-i (\S+)/.exec(line)
  if (from && !from[1] && !couldBeOurs(from[2] ?? '')) return false
  const target = / -[jg] (\S+)/.exec(line)?.[1]
  if (target === undefined || HARMLESS.test(target) || seen.has(target)) return false
  const chain = table.filter((other) => other.startsWith(`-A ${target} `))
  if (chain.length === 0) return target === 'ACCEPT'
  return chain.some((other) => mayAccept(other, table, new Set([...seen, target])))
}

/** An interface name as iptables writes it: `+` at the end stands for anything. */
const couldBeOurs = (name: string): boolean =>
  name.endsWith('+')
    ? 'kilp-'.startsWith(name.slice(0, -1)) || name.startsWith('kilp-')
    : name.startsWith('kilp-')
