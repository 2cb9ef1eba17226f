import { type TeamState, teamOf } from '../../exercise/fold/state.ts'
import { unusable } from '../../exercise/fold/verdicts.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import type { TaskOf } from '../../exercise/schedule/task.ts'
import { done, type TaskRun } from './task-run.ts'

/** How long after a failure a citizen tries again before they complain. Wall time, ms. */
const PATIENCE_MS = 2_000

/** A citizen goes about what they came for, at their own pace. What fails twice is reported; so is what works for somebody who complained. */
export const runVisit: TaskRun<'visit'> = async (visit, { engine, range, clock }) => {
  const { team, persona, service, journey } = visit
  const who = engine.state().scenario.citizens.personas.find(({ id }) => id === persona)
  if (!who) return done
  const go = () => range.runJourney(team, service, journey, { role: who.role, thinkMs: who.thinkMs })
  const complained = () => complains(teamOf(engine.state(), team), visit)
  let run = await go()
  if (unusable(run.verdict) && !complained()) {
    await clock.sleep(PATIENCE_MS)
    run = await go()
  }
  // Whether somebody who has complained fails again is news after an answer; what comes of it is decided where it is written down.
  if (!unusable(run.verdict) && !complained()) return done
  const { verdict, evidence } = run
  await engine.submit(
    { type: 'report-visit', data: { team, persona, service, journey, verdict, evidence } },
    PLATFORM,
  )
  return done
}

const complains = (team: TeamState | undefined, { persona, service, journey }: TaskOf<'visit'>): boolean =>
  (team?.tickets ?? []).some(
    (t) => t.closedMs === null && t.persona === persona && t.service === service && t.journey === journey,
  )
