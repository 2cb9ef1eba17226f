import { BuildFailure } from './build.ts'
import type { Engine } from './docker.ts'
import { startHelper } from './helper.ts'

/**
 * An internal network still reaches the host's own ports through its gateway address (measured). One rule on the host drops what comes in from
 * any of our bridges; attach and exec do not pass there.
 */
const RULE = 'INPUT -i kilp-+ -j DROP'

const ensure = `
for t in iptables ip6tables; do
  if $t -C ${RULE} 2>/dev/null || $t -I ${RULE} 2>/dev/null; then eval "$t=ok"
  elif $t-legacy -C ${RULE} 2>/dev/null || $t-legacy -I ${RULE} 2>/tmp/why; then eval "$t=ok"; fi
done
[ "$iptables" = ok ] && echo ok || echo "no: $(tr '\\n' ' ' < /tmp/why)"
`
const remove = `
for t in iptables ip6tables iptables-legacy ip6tables-legacy; do while $t -D ${RULE} 2>/dev/null; do :; done; done
echo ok
`

interface Where {
  readonly image: string
  readonly exerciseId: string
  readonly home: string
}

/** Puts the rule into the engine's host unless it is there. Rejects when the host refuses. */
export async function ensureHostRule(docker: Engine, where: Where): Promise<void> {
  await apply(docker, where, ensure)
}

/** Takes the rule out, however often it is there. */
export async function removeHostRule(docker: Engine, where: Where): Promise<void> {
  await apply(docker, where, remove)
}

async function apply(docker: Engine, where: Where, script: string): Promise<void> {
  const helper = await startHelper(docker, {
    ...where,
    purpose: 'hostrule',
    command: ['sh', '-c', script],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  })
  await helper.remove()
  if (helper.line !== 'ok')
    throw new BuildFailure('the host refuses the rule that keeps enclaves off it (iptables)', helper.line)
}
