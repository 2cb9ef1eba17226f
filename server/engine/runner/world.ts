import type { WorldState } from '../../exercise/fold/control-state.ts'
import { teamOf } from '../../exercise/fold/state.ts'
import { passing } from '../../exercise/fold/verdicts.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { done, type TaskRun, type TaskTools } from './task-run.ts'

/** So long what was taken away is waited for until it answers, before its time counts again. Wall time, ms. */
const READY_MS = 20_000
const LOOK_EVERY_MS = 500

/** A world event begins for a team. What it does to the range follows from that, so that no time counts in which it is done. */
export const runWorldBegin: TaskRun<'world-begin'> = async ({ team, entry }, { engine }) => {
  await engine.submit({ type: 'begin-world', data: { team, entry } }, PLATFORM)
  return done
}

/** Puts what a world event does to the range there. Twice does no more than once. */
export const runWorldHold: TaskRun<'world-hold'> = async ({ team, entry }, tools) => {
  const event = standingEvent(tools, team, entry)
  if (!event) return done
  for (const service of event.info.services) await tools.range.impose(team, service, event.info.effect)
  return done
}

/** Undoes what a world event did to the range, as far as no other one stands there, and says so when what it hit answers again, or has had its time to. */
export const runWorldEnd: TaskRun<'world-end'> = async ({ team, entry }, tools) => {
  const event = standingEvent(tools, team, entry)
  if (!event) return done
  const { effect, services } = event.info
  const others = (teamOf(tools.engine.state(), team)?.world ?? []).filter(
    (one) => one.entry !== entry && one.endedMs === null && one.info.effect === effect,
  )
  const free = services.filter((service) => !others.some(({ info }) => info.services.includes(service)))
  for (const service of free)
    if (effect !== 'stop' || !event.dead.includes(service)) await tools.range.lift(team, service, effect)
  await answers(tools, team, free)
  await tools.insist({ type: 'end-world', data: { team, entry } })
  return done
}

/** White wants something done to a service. What fails is said, and is not tried again. */
export const runServiceAct: TaskRun<'service-act'> = async ({ team, act: number }, tools) => {
  const { engine, range, insist } = tools
  const act = teamOf(engine.state(), team)?.acts.find((one) => one.act === number)
  if (!act || act.finishedMs !== null) return done
  const { service, action } = act
  const trouble = await (action === 'restart'
    ? range.restart(team, service)
    : range.revert(team, service)
  ).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (trouble === '') await answers(tools, team, [service])
  await insist({ type: 'report-act', data: { team, act: number, ok: trouble === '', reason: trouble } })
  return done
}

const standingEvent = ({ engine }: TaskTools, team: string, entry: string): WorldState | undefined =>
  teamOf(engine.state(), team)?.world.find((one) => one.entry === entry && one.endedMs === null)

/** Waits until the light checks of services pass, all of them within READY_MS. Those that do not are their team's own from then on. */
async function answers({ engine, range, clock }: TaskTools, team: string, services: readonly string[]) {
  const since = clock.now()
  let waiting = engine
    .state()
    .scenario.services.filter(({ id }) => services.includes(id))
    .flatMap(({ id, journeys }) => journeys.filter(({ alive }) => alive).map((one) => [id, one.id] as const))
  for (;;) {
    const looks = await Promise.all(
      waiting.map(async (one) => ({ one, run: await range.runJourney(team, ...one) })),
    )
    waiting = looks.flatMap(({ one, run }) => (passing(run.verdict) ? [] : [one]))
    if (waiting.length === 0 || clock.now() + LOOK_EVERY_MS > since + READY_MS) return
    await clock.sleep(LOOK_EVERY_MS)
  }
}
