import { serviceOf, teamOf, verdictOf } from '../exercise/fold/state.ts'
import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Journey, Verdict } from '../exercise/scenario/model.ts'
import { nextCheckAt, shuffle } from '../exercise/schedule/timeline.ts'
import type { Engine } from './engine.ts'
import type { PacedWork } from './pace.ts'
import type { Clock, Range, RunResult } from './ports.ts'
import type { SampleBuffer } from './samples.ts'

interface Planned {
  readonly team: string
  readonly service: string
  readonly journey: Journey
  readonly key: string
  /** How many runs there were; seeds the jitter. */
  count: number
  nextMs: number
  busy: boolean
}

/** What is not up is looked at sooner, so that a restored service is seen restored. Exercise time, ms. */
const RETRY_ALIVE_MS = 1_000
const RETRY_JOURNEY_MS = 4_000

const passing = (verdict: Verdict): boolean => verdict === 'up' || verdict === 'slow'

/**
 * Looks at every service of every team: light checks and full journeys, jittered and shuffled. A result that differs from
 * the verdict in force gets an immediate second look before it is reported.
 */
export function openChecks(options: { engine: Engine; range: Range; clock: Clock; samples: SampleBuffer }) {
  const { engine, range, clock, samples } = options
  const { scenario, teams, seed } = engine.state()
  const plan: readonly Planned[] = teams.flatMap((team) =>
    scenario.services.flatMap((service) =>
      service.journeys.map((journey) => {
        const key = `${team.id}/${service.id}/${journey.id}`
        return { team: team.id, service: service.id, journey, key, count: 0, nextMs: 0, busy: false }
      }),
    ),
  )

  const light = plan.filter(({ journey }) => journey.alive)
  const full = plan.filter(({ journey }) => !journey.alive)

  const inForce = (entry: Planned) => verdictOf(engine.state(), entry.team, entry.service, entry.journey.id)

  const keep = (entry: Planned, run: RunResult) =>
    samples.add({
      at: engine.atMs(),
      wall: clock.now(),
      team: entry.team,
      service: entry.service,
      journey: entry.journey.id,
      verdict: run.verdict,
      ms: run.ms,
      evidence: run.evidence,
    })

  const containerDown = ({ team, service }: Planned): boolean => {
    const its = teamOf(engine.state(), team)
    return (its && serviceOf(its, service)?.containerDown) ?? false
  }

  const check = async (entry: Planned) => {
    const wasDown = containerDown(entry)
    const first = await range.runJourney(entry.team, entry.service, entry.journey.id)
    keep(entry, first)
    const looks = [{ verdict: first.verdict, evidence: first.evidence }]
    // Of what nothing is known yet, one look that finds it well is enough.
    const news = inForce(entry) === 'unknown' && entry.count === 0 && passing(first.verdict)
    if (first.verdict !== inForce(entry) && !news) {
      const second = await range.runJourney(entry.team, entry.service, entry.journey.id)
      keep(entry, second)
      looks.push({ verdict: second.verdict, evidence: second.evidence })
    }
    const { team, service } = entry
    await engine.submit(
      { type: 'report-check', data: { team, service, journey: entry.journey.id, looks } },
      PLATFORM,
    )
    const verdict = looks.at(-1)?.verdict ?? 'unknown'
    // What answers runs: its start was missed, because the platform was away, or the engine.
    if (wasDown && entry.journey.alive && passing(verdict))
      await engine.submit(
        { type: 'report-container', data: { team, service, happened: 'started', exitCode: 0, oom: false } },
        PLATFORM,
      )
    return verdict
  }

  const runEntry = async (entry: Planned, atMs: number) => {
    entry.busy = true
    try {
      const verdict = await check(entry)
      entry.count += 1
      const regular = nextCheckAt(seed, entry.key, entry.journey.everyMs, entry.count, atMs)
      const soon = engine.atMs() + (entry.journey.alive ? RETRY_ALIVE_MS : RETRY_JOURNEY_MS)
      entry.nextMs = passing(verdict) ? regular : Math.min(regular, soon)
    } finally {
      entry.busy = false
    }
  }

  const waiting = (entries: readonly Planned[], atMs: number) =>
    shuffle(
      `${seed}/${atMs}`,
      entries.filter((entry) => !entry.busy && entry.nextMs <= atMs),
    )

  return {
    /** Every service's light check once: the first look at a range, or at one that was taken over. */
    async first(): Promise<void> {
      await Promise.all(light.map((entry) => runEntry(entry, engine.atMs())))
    },
    /** Starts the light checks that are due, each at most once at a time; returns their promises. */
    due: (atMs: number): readonly Promise<void>[] =>
      waiting(light, atMs).map((entry) => runEntry(entry, atMs)),
    /** Full journeys that are due, to be started when there is room for them. */
    journeys: (atMs: number): readonly PacedWork[] =>
      waiting(full, atMs).map((entry) => ({
        dueMs: entry.nextMs,
        everyMs: passing(inForce(entry)) ? entry.journey.everyMs : 2 * RETRY_JOURNEY_MS,
        first: entry.count === 0,
        run: () => runEntry(entry, atMs),
      })),
    /** Something happened to the service: look at it now. */
    hurry(team: string, service: string): void {
      for (const entry of plan) if (entry.team === team && entry.service === service) entry.nextMs = 0
    },
  }
}

export type Checks = ReturnType<typeof openChecks>
