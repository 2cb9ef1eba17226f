import type { Recorded } from '../exercise/ledger/events.ts'
import { due } from '../exercise/schedule/timeline.ts'
import { attemptAttack } from './attempts.ts'
import { type Checks, openChecks } from './checks.ts'
import type { AskedCommand, Engine } from './engine.ts'
import { openFootholds, targetOf } from './footholds.ts'
import { openPace, type Pace, type PacedWork } from './pace.ts'
import type { Clock, EventLog, Playbook, Range } from './ports.ts'
import { openSampleBuffer } from './samples.ts'
import { openSparring } from './sparring.ts'
import type { Terminals } from './terminals.ts'
import { openVisits, type Visits } from './visits.ts'

type Turn = Extract<Recorded, { type: 'container.died' | 'container.started' | 'verdict.changed' }>

const TICK_MS = 100
const CHECKPOINT_MS = 1_000
const OFFER_AGAIN_MS = 1_000
/** For what is under way when the platform stops; what is not done by then is abandoned, as after a crash. */
const LEAVE_MS = 10_000

export interface Conductor {
  /** Looks at every service once, then ticks until closed. */
  begin(): Promise<void>
  /** Ends the ticking, waits for what is under way, at most LEAVE_MS. */
  close(): Promise<void>
}

/**
 * The loop of one exercise: asks the pure core what is due now, lets the range act, and brings the results back as commands.
 * `fault` hears what went wrong outside the exercise; the exercise goes on.
 */
export function openConductor(options: {
  engine: Engine
  range: Range
  log: EventLog
  clock: Clock
  playbook: Playbook
  terminals: Terminals
  fault: (what: string, error: unknown) => void
}): Conductor {
  const { engine, range, log, clock, fault } = options
  const samples = openSampleBuffer(log, engine.exerciseId)
  let checks: Checks | null = null
  let visits: Visits | null = null
  let pace: Pace | null = null
  const sparring = openSparring(options)
  const footholds = openFootholds({ engine, range })
  const underWay = new Set<Promise<unknown>>()
  const attacking = new Set<string>()
  const stops: (() => void)[] = []
  let closed = false
  const leaving = Promise.withResolvers<void>()

  /** The engine's one catch: a fault in acting never stops the exercise. */
  const watch = (what: string, task: Promise<unknown>) => {
    const watched = task.catch((error) => fault(what, error)).finally(() => underWay.delete(watched))
    underWay.add(watched)
  }

  /** Nobody would launch the attack again: what came of it is offered until the store takes it. Twice said changes nothing. */
  const insist = async (command: AskedCommand) => {
    for (;;)
      try {
        return await engine.submit(command, 'platform')
      } catch (error) {
        if (closed) throw error
        fault(command.type, error)
        await Promise.race([clock.sleep(OFFER_AGAIN_MS), leaving.promise])
      }
  }

  const launch = async (team: string, attack: string) => {
    const launched = await engine.submit({ type: 'launch-attack', data: { team, attack } }, 'platform')
    const event = launched.ok ? launched.events.find((e) => e.type === 'attack.launched') : undefined
    // Of a chain whose way in is closed it is known at once what comes of it.
    if (!launched.ok || !event || launched.events.at(-1) !== event) return
    const { attempt } = event.data
    const outcome = await attemptAttack(range, clock, engine.state().scenario, targetOf(engine, team, attack))
    await insist({ type: 'report-attack', data: { team, attack, attempt, ...outcome } })
  }

  const once = async (key: string, task: () => Promise<void>) => {
    if (attacking.has(key)) return
    attacking.add(key)
    await task().finally(() => attacking.delete(key))
  }

  /** What waits is gathered only when there is room for some of it. */
  const look = (atMs: number, footholdsDue: () => readonly PacedWork[]) => {
    if (!pace?.hasRoom()) return
    const waiting = [...(checks?.journeys(atMs) ?? []), ...footholdsDue()]
    for (const started of pace.start(waiting, atMs)) watch('look', started)
  }

  const tick = async () => {
    const { phase } = engine.state()
    if (closed || (phase !== 'ready' && phase !== 'running')) return
    const atMs = engine.atMs()
    for (const started of checks?.due(atMs) ?? []) watch('check', started)
    // Before the start, what has not been looked at yet: an instructor sees all of it before they begin.
    if (phase === 'ready') return look(atMs, () => [])
    const now = due(engine.state(), atMs)
    if (now.passTime) watch('pass-time', engine.submit({ type: 'pass-time', data: {} }, 'platform'))
    for (const { team, note } of now.notes)
      watch(
        'note',
        once(`note ${team}/${note}`, async () => {
          await engine.submit({ type: 'say-tutor', data: { team, note } }, 'platform')
        }),
      )
    for (const { team, attack } of now.attacks)
      watch(
        'attack',
        once(`attack ${team}/${attack}`, () => launch(team, attack)),
      )
    if (pace?.hasRoom()) for (const started of visits?.due(atMs) ?? []) watch('visit', started)
    look(atMs, () => footholds.due(now.footholds, now.footholdEveryMs, atMs))
    for (const started of sparring.due(atMs)) watch('pilot', started)
  }

  /** A container died or started, or a service answers again: its team or an attacker has done something to it. */
  const isTurn = (event: Recorded): event is Turn => {
    if (event.type === 'container.died' || event.type === 'container.started') return true
    if (event.type !== 'verdict.changed' || event.data.to !== 'up' || event.data.from === 'unknown')
      return false
    const { service, journey } = event.data
    const known = engine.state().scenario.services.find(({ id }) => id === service)
    return known?.journeys.find(({ id }) => id === journey)?.alive ?? false
  }
  /** What came of it is seen soon: by its journeys, and whether attackers still have a hold there. */
  const hurry = ({ team, service }: Turn['data']) => {
    checks?.hurry(team, service)
    footholds.hurry(team, service)
  }

  return {
    async begin() {
      stops.push(
        engine.onEvents((events) => {
          for (const event of events) if (isTurn(event)) hurry(event.data)
        }),
      )
      range.onContainerEvent((event) => {
        if (!closed)
          watch('container event', engine.submit({ type: 'report-container', data: event }, 'platform'))
      })
      pace = openPace(await range.cores(), clock)
      checks = openChecks({ engine, range, clock, samples })
      visits = openVisits({ engine, range, clock })
      await checks.first()
      if (closed) return
      stops.push(clock.every(TICK_MS, () => watch('tick', tick())))
      stops.push(
        clock.every(CHECKPOINT_MS, () => {
          watch('samples', samples.flush())
          if (engine.state().phase === 'running') watch('checkpoint', engine.checkpoint())
        }),
      )
    },
    async close() {
      closed = true
      leaving.resolve()
      for (const stop of stops) stop()
      await Promise.race([Promise.allSettled([...underWay]), clock.sleep(LEAVE_MS)])
      await samples.flush()
    },
  }
}
