import type { IsolationNews } from '../../engine/ports/range-news.ts'
import type { IsolationCheck } from '../../exercise/ledger/events.ts'
import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import { besideStanding, standingPlan } from '../enclave/standing.ts'
import { REFERENCE_TEAM } from '../labels.ts'
import { reason } from '../log.ts'
import { type GuardWord, keepGuard } from './guard.ts'
import { proveStanding } from './isolation.ts'
import { isControl } from './isolation-verdict.ts'
import { openListeners } from './listeners.ts'

/** Every enclave is looked out of so often, though the rules stand: what the engine's own rules hold, or a network that somebody joined, shows only so. */
const ROUND_MS = 240_000
/** Between two enclaves of a round. */
const STEP_MS = 2_000
/** After a proof that failed, or could not be made. */
const AGAIN_MS = 10_000
/** So many turns a proof may not come about (a probe that is just restarted, an engine that is busy) before that counts as open. */
const TRIES = 6
const PROVE_AT_ONCE = 4

interface Proof {
  readonly team: string
  readonly checks: readonly IsolationCheck[]
}

const failed = ({ checks }: Proof) => checks.filter((check) => !check.ok)
const leaks = (proof: Proof) => failed(proof).filter((check) => !isControl(check))
const told = (checks: readonly IsolationCheck[]) =>
  checks.map(({ name, target, detail }) => `${name} (${target}): ${detail}`).join('; ')

/**
 * Watches over what was proven at deploy: a guard on the host mends the rules at once, and after every loss, and now and then without one, each enclave
 * is looked out of again. `away`: the engine does not answer, so that nothing can be said. `first`: nothing was proven yet, so begin with that.
 */
export function watchIsolation(
  core: RangeCore,
  { away, first }: { readonly away: () => boolean; readonly first: boolean },
  tell: (news: IsolationNews) => void,
): { close(): Promise<void> } {
  const over = Promise.withResolvers<void>()
  let closed = false
  let lostAt: number | null = null
  /** The guard can not close what it found, or there is none. */
  let stuck = false
  let asked = false
  let proving = false

  const pause = (ms: number) => Promise.race([new Promise((wake) => setTimeout(wake, ms)), over.promise])
  const lose = (team: string | null, what: string, lasting: boolean) => {
    lostAt ??= performance.now()
    tell({ happened: 'lost', team, what, lasting })
  }
  const hear = (word: GuardWord) => {
    if (closed) return
    if (word.says === 'standing' && stuck) {
      stuck = false
      prove()
    }
    if (word.says === 'mended' && word.open.length > 0) {
      lose(null, word.open.join('; '), false)
      prove()
    }
    if (word.says === 'open') lose(null, [...word.open, word.why].join('; '), true)
    if (word.says === 'blind' && !away()) lose(null, `nobody looks after the host's rules: ${word.why}`, true)
    if (word.says === 'open' || word.says === 'blind') stuck = true
  }

  const look = async (reach: 'host' | 'all', atOnce: number, stepMs = 0): Promise<readonly Proof[]> => {
    const plan = await standingPlan(core)
    const teams = [...new Set(plan.networks.map(({ team }) => team))].filter(
      (team) => team !== REFERENCE_TEAM,
    )
    const listeners = await openListeners(
      core.docker,
      await besideStanding(core, plan),
      reach,
      core.beyond?.(),
    )
    const proofs: Proof[] = []
    try {
      await bounded(teams, atOnce, async (team) => {
        if (closed) return
        proofs.push({ team, checks: await proveStanding(core.docker, plan, team, listeners.outside) })
        await pause(stepMs)
      })
    } finally {
      await listeners.close()
    }
    return proofs
  }

  /** One proof of all enclaves. True when it holds. */
  const proveAll = async (last: boolean): Promise<boolean> => {
    const proofs = await look('all', PROVE_AT_ONCE)
    const open = proofs.filter((proof) => leaks(proof).length > 0)
    const unsure = proofs.filter((proof) => failed(proof).length > 0)
    for (const proof of open) lose(proof.team, told(leaks(proof)), true)
    if (last && open.length === 0) for (const proof of unsure) lose(proof.team, told(failed(proof)), true)
    if (closed || unsure.length > 0) return false
    for (const { team, checks } of proofs) tell({ happened: 'proven', team, checks })
    return true
  }
  const proveUntilItHolds = async () => {
    for (let turn = 1; !closed && !stuck; turn++) {
      asked = false
      const holds = await proveAll(turn >= TRIES).catch((error: unknown) => {
        core.log.warn({}, `isolation proof: ${reason(error)}`)
        if (turn >= TRIES && !away()) lose(null, `isolation can not be proven: ${reason(error)}`, true)
        return false
      })
      if (holds && asked) continue
      if (holds && !stuck) {
        // Also of a loss that the ledger knows from before a restart of the platform.
        tell({ happened: 'restored', lostMs: lostAt === null ? 0 : performance.now() - lostAt })
        lostAt = null
        return
      }
      await pause(AGAIN_MS)
    }
  }
  const prove = () => {
    asked = true
    if (proving) return
    proving = true
    void proveUntilItHolds().finally(() => {
      proving = false
    })
  }

  const rounds = async () => {
    for (;;) {
      await pause(ROUND_MS)
      if (closed) return
      if (lostAt !== null || proving || away()) continue
      const proofs = await look('host', 1, STEP_MS).catch((error: unknown) => {
        core.log.warn({}, `isolation round: ${reason(error)}`)
        return []
      })
      const open = proofs.filter((proof) => leaks(proof).length > 0)
      for (const proof of open) lose(proof.team, told(leaks(proof)), false)
      if (open.length > 0) prove()
    }
  }
  void rounds()
  if (first) prove()
  const guard = keepGuard(core.docker, () => besideStanding(core), hear, core.log)
  return {
    async close() {
      closed = true
      over.resolve()
      await guard.close()
    },
  }
}
