import { serviceOf, teamOf } from '../../exercise/fold/state.ts'
import { passing } from '../../exercise/fold/verdicts.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { needsSecond, secondAfterMs } from '../../exercise/schedule/confirm.ts'
import type { TaskOf } from '../../exercise/schedule/task.ts'
import type { RunResult } from '../ports/ports.ts'
import type { TaskOutcome, TaskTools } from './task-run.ts'

type Check = TaskOf<'light-check' | 'journey'>

/** A light check or full journey once, and a second time where the first result says something new. */
export async function runCheck(task: Check, tools: TaskTools): Promise<TaskOutcome> {
  const { engine, range, clock } = tools
  const { team, service, journey } = task
  const known = serviceOf(teamOf(engine.state(), team), service)
  const before = known?.journeys.find(({ id }) => id === journey)
  const inForce = { verdict: before?.verdict ?? 'unknown', never: (before?.position ?? 0) === 0 } as const
  const once = async () => {
    const run = await range.runJourney(team, service, journey)
    keep(task, run, tools)
    return { verdict: run.verdict, evidence: run.evidence }
  }
  const first = await once()
  const results = [first]
  // While measurements are late bad news is not believed, and a second look at it would only add to them.
  const heard = !engine.state().strain.late || first.verdict === 'up'
  if (heard && needsSecond(inForce, first.verdict)) {
    await clock.sleep(secondAfterMs(first.verdict))
    results.push(await once())
  }
  await engine.submit({ type: 'report-check', data: { team, service, journey, results } }, PLATFORM)
  const verdict = results.at(-1)?.verdict ?? 'unknown'
  // What answers runs: its start was missed, because the platform was away, or the engine.
  if (known?.containerDown && task.kind === 'light-check' && passing(verdict))
    await engine.submit(
      { type: 'report-container', data: { team, service, happened: 'started', exitCode: 0, oom: false } },
      PLATFORM,
    )
  return { good: verdict === 'up' }
}

function keep(
  { kind, team, service, journey }: Check,
  run: RunResult,
  { engine, clock, samples, checks }: TaskTools,
) {
  const { verdict, ms, evidence } = run
  checks.add(team, kind === 'journey' ? 'full' : 'light', verdict)
  samples.add({ at: engine.atMs(), wall: clock.now(), team, service, journey, verdict, ms, evidence })
}
