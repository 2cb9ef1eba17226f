import { PLATFORM } from '../exercise/ledger/actor.ts'
import { followDisk } from './disk-watch.ts'
import type { AskedCommand, Engine } from './engine.ts'
import type { ExerciseLoop } from './exercise-loop.ts'
import { followIsolation } from './isolation-watch.ts'
import { followMachines } from './machine-watch.ts'
import { type Clock, DeployFailure, type DeployProgress, type EventLog, type Range } from './ports/ports.ts'

export interface BringUp {
  readonly engine: Engine
  readonly range: Range
  readonly loop: ExerciseLoop
  readonly log: EventLog
  readonly clock: Clock
  /** Start as soon as all is up. */
  readonly autostart: boolean
  readonly tell: { line(text: string): void; progress(progress: DeployProgress): void }
  readonly fault: (what: string, error: unknown) => void
}

/**
 * Brings the enclaves of an exercise up, or takes over those that run, and begins to look and attack.
 * @throws DeployFailure when an enclave does not come up; nothing of the range is left then.
 */
export async function bringUp(parts: BringUp): Promise<void> {
  const { engine, loop } = parts
  // The platform stopped while it deployed: nothing of that deploy is trusted.
  if (engine.state().phase === 'deploying')
    await engine.submit(
      {
        type: 'fail-deploy',
        data: { team: null, reason: 'the platform stopped while it deployed', evidence: '' },
      },
      PLATFORM,
    )
  if (engine.state().phase === 'created') await deployAll(parts)
  else if (engine.state().phase !== 'ended') await takeUpAgain(parts)
  followIsolation(engine, parts.range, parts.fault)
  followMachines(engine, parts.range, parts.fault)
  followDisk(engine, parts.range, parts.fault)
  await loop.begin()
  if (parts.autostart) await startOnceIsolated(parts)
}

const AGAIN_MS = 500

/** Another exercise that comes up on the same machine has the isolation proven anew just now: that passes by itself, and nobody would press the button then. */
async function startOnceIsolated({ engine, clock }: Pick<BringUp, 'engine' | 'clock'>): Promise<void> {
  while (engine.state().phase === 'ready') {
    const started = await engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
    if (started.ok || started.refusal.code !== 'isolation-lost') return
    await clock.sleep(AGAIN_MS)
  }
}

function deploy({ engine, range, tell, fault }: BringUp, teams: readonly string[]): Promise<void> {
  const report = (command: AskedCommand) =>
    void engine.submit(command, PLATFORM).catch((error) => fault(command.type, error))
  return range.deploy(
    teams,
    (progress) => {
      tell.progress(progress)
      report({ type: 'report-deploy-progress', data: progress })
    },
    (team, checks) => report({ type: 'report-isolation', data: { team, checks } }),
  )
}

async function deployAll(parts: BringUp): Promise<void> {
  const { engine, range, fault } = parts
  const started = performance.now()
  await engine.submit({ type: 'start-deploy', data: {} }, PLATFORM)
  try {
    await deploy(parts, teamIds(engine))
  } catch (error) {
    const failure = error instanceof DeployFailure ? error : new DeployFailure(null, String(error), '')
    const { team, message: reason, evidence } = failure
    await engine.submit({ type: 'fail-deploy', data: { team, reason, evidence } }, PLATFORM)
    await range.destroy().catch((left) => fault('removing what was deployed', left))
    throw error
  }
  const ms = Math.round(performance.now() - started)
  const finished = await engine.submit({ type: 'finish-deploy', data: { ms } }, PLATFORM)
  if (!finished.ok) throw new DeployFailure(null, finished.refusal.message, '')
}

const teamIds = (engine: Engine) => engine.state().teams.map((team) => team.id)

/** After a crash or stop: containers that still run are adopted, what was in flight is abandoned, time away does not count. */
async function takeUpAgain(parts: BringUp): Promise<void> {
  const { engine, range, log, clock, tell } = parts
  const incomplete = await range.adopt(teamIds(engine))
  if (incomplete.length > 0) {
    tell.line(`Not all of ${incomplete.join(', ')} is there any more: deploying anew`)
    await deploy(parts, incomplete)
  }
  const checkpoint = await log.loadClock(engine.exerciseId)
  const awayMs = checkpoint ? Math.max(0, clock.now() - checkpoint.wall) : 0
  await engine.submit({ type: 'recover-platform', data: { awayMs } }, PLATFORM)
}
