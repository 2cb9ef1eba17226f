import { BuildFailure } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { startHelper } from '../engine-api/helper.ts'

/**
 * An internal network still reaches the host's own ports through its gateway address (measured), and engines before 25 give its containers a default
 * route. Two rules on the host, whatever the engine's own do: nothing from our bridges to the host, and nothing through it to anywhere else.
 */
const RULES = ['INPUT -i kilp-+ -j DROP', 'FORWARD -i kilp-+ ! -o kilp-+ -j DROP']

/** `iptables` may be of either kind; the one that the host's kernel takes is good. IPv6 where it exists. */
const ensure = RULES.map(
  (rule) => `
ok=
for t in iptables iptables-legacy; do
  [ "$ok" ] || { $t -w 10 -C ${rule} 2>/dev/null || $t -w 10 -I ${rule} 2>>/tmp/why; } && ok=yes
done
[ "$ok" ] || { echo "no: $(tr '\\n' ' ' < /tmp/why)"; exit; }
ip6tables -C ${rule} 2>/dev/null || ip6tables -I ${rule} 2>/dev/null`,
).join('\n')

const remove = RULES.map(
  (rule) =>
    `for t in iptables ip6tables iptables-legacy ip6tables-legacy; do while $t -D ${rule} 2>/dev/null; do :; done; done`,
).join('\n')

interface Where {
  readonly image: string
  readonly exerciseId: string
  readonly home: string
}

/** Puts the rules into the engine's host unless they are there. Rejects when the host refuses. */
export async function ensureHostRule(docker: ContainerEngine, where: Where): Promise<void> {
  await apply(docker, where, `${ensure}\necho ok`)
}

/** Takes the rules out, however often they are there. */
export async function removeHostRule(docker: ContainerEngine, where: Where): Promise<void> {
  await apply(docker, where, `${remove}\necho ok`)
}

async function apply(docker: ContainerEngine, where: Where, script: string): Promise<void> {
  const helper = await startHelper(docker, {
    ...where,
    network: 'host',
    purpose: 'hostrule',
    command: ['sh', '-c', script],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  })
  await helper.remove()
  if (helper.line !== 'ok')
    throw new BuildFailure('the host refuses the rules that keep enclaves off it (iptables)', helper.line)
}
