import { fold } from '#exercise/fold/evolve.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { decidePilot, type PilotAction } from '#exercise/pilots/pilots.ts'
import type { Scenario, Team } from '#exercise/scenario/model.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { allSeen, look, type Run, readyRun, seen } from './run.ts'

const TICK_MS = 1_000
const FOOTHOLD_MS = 10_000

const openFootholds = ({ state }: Run) =>
  state.teams.flatMap((team) =>
    team.attacks
      .filter((attack) => attack.state === 'landed' && attack.closedMs === null)
      .map(({ attack }) => ({ team: team.id, attack })),
  )

/** A wrong fix breaks this journey of its service, and leaves the weakness open. */
const brokenBy = (scenario: Scenario, service: string): string =>
  scenario.services.find((s) => s.id === service)?.journeys.find((j) => !j.alive)?.id ?? 'alive'

/** What the teams did to their sources: stands in for containers, so that pilots play a whole exercise in milliseconds. */
interface Sources {
  readonly fixed: Set<string>
  readonly wrong: Set<string>
}

export interface Played {
  readonly run: Run
  /** All that the pilots did, in order. */
  readonly actions: readonly (PilotAction & { readonly team: string; readonly at: number })[]
}

/**
 * Plays a whole exercise tick by tick as the engine does, each pilot on its own redacted stream. `meanwhile` is called at
 * each tick, for what people do.
 */
export function playOut(
  scenario: Scenario,
  teams: readonly Team[],
  meanwhile: (run: Run, at: number) => void = () => {},
): Played {
  const run = readyRun(scenario, teams)
  const sources = new Map<string, Sources>(teams.map((t) => [t.id, { fixed: new Set(), wrong: new Set() }]))
  const actions: Played['actions'][number][] = []
  const playbook = scenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
  const weaknessOf = (attack: string) => scenario.attacks.find((a) => a.id === attack)?.weakness ?? ''
  const holds = (team: string, attack: string) => !sources.get(team)?.fixed.has(weaknessOf(attack))

  for (const { id } of teams) allSeen(run, id, 'up')
  run.give('start-exercise', {})

  const strike = (at: number) => {
    const now = timelineDue(run.state, at)
    if (now.passTime) run.give('pass-time', {}, at)
    for (const { team, attack } of now.attacks) {
      run.give('launch-attack', { team, attack }, at)
      const result = holds(team, attack) ? 'landed' : 'failed'
      const report = { team, attack, attempt: 1, alive: true, evidence: look('up').evidence } as const
      run.give('report-attack', { ...report, result }, at)
    }
    for (const { team, attack } of at % FOOTHOLD_MS === 0 ? openFootholds(run) : []) {
      const result = holds(team, attack) ? 'landed' : 'failed'
      run.give('report-foothold', { team, attack, result, alive: true, evidence: null }, at)
    }
  }

  const check = (at: number) => {
    for (const [team, { wrong }] of sources)
      for (const service of scenario.services)
        for (const { id } of service.journeys) {
          const broken =
            [...wrong].some((w) => w.startsWith(`${service.id}/`)) && id === brokenBy(scenario, service.id)
          seen(run, team, `${service.id}/${id}`, broken ? 'broken' : 'up', at)
        }
  }

  const act = (team: string, { weakness, action }: PilotAction, at: number) => {
    actions.push({ team, weakness, action, at })
    const source = sources.get(team)
    if (action === 'fix') source?.fixed.add(weakness)
    if (action === 'wrong-fix') source?.wrong.add(weakness)
    if (action === 'undo-wrong-fix') source?.wrong.delete(weakness)
    const terminal = `pilot-${actions.length}`
    const by = pilotOf(team)
    run.give('open-terminal', { team, service: weakness.split('/')[0] ?? '', terminal }, at, by)
    run.give('close-terminal', { team, terminal, reason: 'done' }, at, by)
    run.give('report-pilot', { team, weakness, action, ok: true }, at, by)
  }

  for (let at = 0; run.state.phase !== 'ended'; at += TICK_MS) {
    meanwhile(run, at)
    if (run.state.phase !== 'running') continue
    strike(at)
    if (run.state.phase === 'running' && at % 5_000 === 0) check(at)
    for (const { id, pilot } of run.state.teams) {
      const view = fold(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team: id }) ?? []))
      for (const action of decidePilot(pilot, id, view, playbook, 'seed', at)) act(id, action, at)
    }
  }
  return { run, actions }
}
