import { BuildFailure } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { openHelper, runHelper, type Where } from '../engine-api/helper.ts'
import { LABEL_HELPER, ownedBy } from '../labels.ts'
import { type RangeLog, reason } from '../log.ts'
import { GUARD } from './guard-script.ts'
import { ALL_RULES, openWays, PLAIN_RULES, RULES, UNTRACKED } from './host-rules.ts'

/** What the guard of the host's rules says. */
export type GuardWord =
  /** All stands. */
  | { readonly says: 'standing' }
  /** Something was taken away or put before ours, and ours are first again. `open` is empty where that let nothing through. */
  | { readonly says: 'mended'; readonly open: readonly string[] }
  /** The host does not take the rules. */
  | { readonly says: 'open'; readonly open: readonly string[]; readonly why: string }
  /** There is no guard: nobody knows. */
  | { readonly says: 'blind'; readonly why: string }

const PURPOSE = 'guard'
const onHost = (where: Where, purpose: string, script: readonly string[]) => ({
  ...where,
  network: 'host' as const,
  purpose,
  command: ['bash', '-c', ...script],
  capabilities: ['NET_ADMIN', 'NET_RAW'],
})

/** Puts the rules into the engine's host unless they are there. Rejects when the host refuses. */
export async function ensureHostRules(docker: ContainerEngine, where: Where): Promise<void> {
  const said = await runHelper(docker, onHost(where, 'hostrule', [GUARD, 'guard', 'once']))
  const last = said.at(-1) ?? 'it said nothing'
  if (!last.startsWith('ok'))
    throw new BuildFailure('the host refuses the rules that keep enclaves off it (iptables)', last)
}

const remove = [...ALL_RULES, `${UNTRACKED} -t raw`]
  .map(
    (rule) =>
      `for t in iptables ip6tables iptables-legacy ip6tables-legacy; do while $t -w 5 -D ${rule} 2>/dev/null; do :; done; done`,
  )
  .join('\n')

/** Takes the rules out, however often they are there. */
export async function removeHostRules(docker: ContainerEngine, where: Where): Promise<void> {
  await runHelper(docker, onHost(where, 'hostrule', [remove]))
}

/** Pure: turns the guard's lines into words. See guard-script.ts. */
export function readGuard(tell: (word: GuardWord) => void): (line: string) => void {
  let table: string[] = []
  let by = ''
  let rules: readonly string[] = RULES
  const found = (family: string) => {
    const open = openWays(table, rules).map(
      (what) => `${family === '6' ? 'ip6tables' : 'iptables'}: ${what}${by ? ` (changed by ${by})` : ''}`,
    )
    table = []
    by = ''
    return open
  }
  return (line) => {
    const [word = '', family = ''] = line.split(' ', 2)
    const rest = line.slice(word.length + family.length + 2)
    if (word === 'was') table.push(rest)
    if (word === 'by') by = line.slice(3)
    if (word === 'mended') tell({ says: 'mended', open: found(family) })
    if (word === 'open') tell({ says: 'open', open: found(family), why: rest })
    if (word === 'no:') tell({ says: 'open', open: [], why: line.slice(4) })
    if (word === 'ok') {
      if (family === 'plain') rules = PLAIN_RULES
      tell({ says: 'standing' })
    }
  }
}

/** A guard says something at least this often. */
const SILENT_MS = 75_000
const AGAIN_MS = [500, 1_000, 2_000, 5_000] as const
/** Without a guard for so long, its absence is told. */
const BLIND_MS = 4_000

/**
 * Keeps one guard on the engine's host until closed, and starts another when it ends or falls silent. One that an earlier platform left there is
 * removed once ours stands. `close` leaves it there: enclaves that outlive the platform stay guarded, and whoever removes them removes it. It resolves
 * when nothing is being made any more.
 */
export function keepGuard(
  docker: ContainerEngine,
  where: () => Promise<Where>,
  tell: (word: GuardWord) => void,
  log: RangeLog,
): { close(): Promise<void> } {
  const closed = Promise.withResolvers<void>()
  let over = false
  let without = performance.now()
  let failures = 0

  const others = async (exerciseId: string, own: string) => {
    const filters = { label: [ownedBy(exerciseId), `${LABEL_HELPER}=${PURPOSE}`] }
    for (const one of await docker.listContainers({ all: true, filters }))
      if (!one.Names.includes(`/${own}`))
        await docker
          .getContainer(one.Id)
          .remove({ force: true })
          .catch((error: unknown) => log.warn({}, reason(error)))
  }
  const session = async () => {
    const its = await where()
    if (over) return
    let silent: NodeJS.Timeout | undefined
    const fell = Promise.withResolvers<void>()
    const listenOn = () => {
      clearTimeout(silent)
      silent = setTimeout(fell.resolve, SILENT_MS)
    }
    const read = readGuard((word) => {
      listenOn()
      if (word.says === 'standing') {
        without = Number.POSITIVE_INFINITY
        failures = 0
      }
      tell(word)
    })
    const guard = await openHelper(docker, onHost(its, PURPOSE, [GUARD, 'guard', 'watch']), read)
    listenOn()
    await others(its.exerciseId, guard.name)
    await Promise.race([guard.ended, fell.promise, closed.promise])
    clearTimeout(silent)
    guard.letGo()
    if (!over) await guard.remove().catch((error: unknown) => log.warn({}, reason(error)))
  }
  const keep = async () => {
    while (!over) {
      const failed = await session().then(
        () => 'the guard of the host’s rules ended',
        (error: unknown) => `no guard of the host’s rules can be started: ${reason(error)}`,
      )
      if (over) return
      log.warn({}, failed)
      without = Math.min(without, performance.now())
      if (performance.now() - without > BLIND_MS) tell({ says: 'blind', why: failed })
      const wait = AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]
      await Promise.race([new Promise((wake) => setTimeout(wake, wait)), closed.promise])
    }
  }
  const kept = keep()
  return {
    close() {
      over = true
      closed.resolve()
      return kept
    },
  }
}
