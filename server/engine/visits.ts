import type { TeamState } from '../exercise/fold/state.ts'
import { unusable } from '../exercise/fold/verdicts.ts'
import { PLATFORM } from '../exercise/ledger/actor.ts'
import { random } from '../exercise/random.ts'
import type { Persona } from '../exercise/scenario/model.ts'
import type { Engine } from './engine.ts'
import type { Clock, Range, RunResult } from './ports.ts'

interface Visit {
  readonly team: string
  readonly persona: Persona
  readonly service: string
  readonly journey: string
}

/** Visits of one team's citizens that may go on at once. */
const AT_ONCE = 4
/** How long after a failure a citizen tries again before they complain. Wall time, ms. */
const PATIENCE_MS = 2_000
/** How often a citizen who complained looks whether it works again. Exercise time, ms. */
const AGAIN_MS = 30_000

/**
 * Background users: citizens who come at the scenario's rate, each persona for what it wants, and go about it at their own pace. What fails twice
 * is reported; who has complained comes back until it works. The same seed brings the same people in the same order.
 */
export function openVisits(options: { engine: Engine; range: Range; clock: Clock }) {
  const { engine, range, clock } = options
  const { scenario, teams, seed } = engine.state()
  const { visitsPerMinute, personas } = scenario.citizens
  const next = random(`visits/${seed}`)
  const going = new Map<string, number>()
  const dueAt = new Map(teams.map((team) => [team.id, 0]))
  const askedAgain = new Map<string, number>()

  const draw = <T>(list: readonly T[], weight: (item: T) => number): T | undefined => {
    const sum = list.reduce((total, item) => total + weight(item), 0)
    let left = next() * sum
    return list.find((item) => {
      left -= weight(item)
      return left < 0
    })
  }

  const someVisit = (team: string): Visit | undefined => {
    const persona = draw(personas, ({ share }) => share)
    const wish = persona && draw(persona.journeys, ({ use }) => use)
    return wish && { team, persona, service: wish.service, journey: wish.journey }
  }

  const go = ({ team, persona, service, journey }: Visit): Promise<RunResult> =>
    range.runJourney(team, service, journey, { role: persona.role, thinkMs: persona.thinkMs })

  const complained = (visit: Visit): boolean => {
    const team = engine.state().teams.find(({ id }) => id === visit.team)
    return openTickets(team).some(
      (t) => t.persona === visit.persona.id && t.service === visit.service && t.journey === visit.journey,
    )
  }

  const visit = async (it: Visit): Promise<void> => {
    going.set(it.team, (going.get(it.team) ?? 0) + 1)
    try {
      let run = await go(it)
      if (unusable(run.verdict) && !complained(it)) {
        await clock.sleep(PATIENCE_MS)
        run = await go(it)
      }
      if (unusable(run.verdict) === complained(it)) return
      const { team, persona, service, journey } = it
      const { verdict, evidence } = run
      await engine.submit(
        { type: 'report-visit', data: { team, persona: persona.id, service, journey, verdict, evidence } },
        PLATFORM,
      )
    } finally {
      going.set(it.team, (going.get(it.team) ?? 1) - 1)
    }
  }

  /** Those who complained and want to know. */
  const returning = (team: TeamState, atMs: number): readonly Visit[] =>
    openTickets(team).flatMap(({ ticket, persona: id, service, journey, openedMs }) => {
      const key = `${team.id}/${ticket}`
      const persona = personas.find((p) => p.id === id)
      if (!persona || atMs - (askedAgain.get(key) ?? openedMs) < AGAIN_MS) return []
      askedAgain.set(key, atMs)
      return [{ team: team.id, persona, service, journey }]
    })

  return {
    /** Starts the visits that are due; returns their promises. */
    due(atMs: number): readonly Promise<void>[] {
      if (visitsPerMinute === 0) return []
      return engine.state().teams.flatMap((team) => {
        const visits = [...returning(team, atMs)]
        if (atMs >= (dueAt.get(team.id) ?? 0)) {
          dueAt.set(team.id, atMs + (60_000 / visitsPerMinute) * (0.5 + next()))
          const some = someVisit(team.id)
          if (some) visits.push(some)
        }
        return visits.slice(0, AT_ONCE - (going.get(team.id) ?? 0)).map(visit)
      })
    },
  }
}

const openTickets = (team: TeamState | undefined) =>
  (team?.tickets ?? []).filter(({ closedMs }) => closedMs === null)

export type Visits = ReturnType<typeof openVisits>
