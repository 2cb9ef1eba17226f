import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { attacked, fixed, runningRun, seen } from '../exercise/run.ts'
import { demoScenario, demoTeams } from './demo-scenario.ts'

export const SECTOR_MS = 1_500_000

const text = (name: string) => ({ en: name, et: name, ja: name })

const NAMES = [
  'Estonia',
  'Finland',
  'Japan',
  'Latvia',
  'Lithuania',
  'Sweden',
  'Norway',
  'Denmark',
  'Iceland',
  'Poland',
  'Germany',
  'France',
  'Spain',
  'Portugal',
  'Italy',
  'Greece',
  'Türkiye',
  'Ukraine',
  'Czechia',
  'Slovakia',
  'Hungary',
  'Romania',
  'Korea',
  'Canada',
]

/** Names that break tables: sixty letters without a place to break, a sentence, emoji, Arabic, writing turned around by force. */
export const ODD_NAMES = [
  'W'.repeat(60),
  'The Joint Cyber Defence Team of Many Northern Countries, 2nd',
  '👩🏽‍💻🛡️🇪🇪🔥'.repeat(6),
  'فريق الدفاع السيبراني الوطني المشترك للمحافظات الشمالية',
  '\u202eevreser eht fo maet eht',
  '国家サイバー防衛合同演習参加チーム第二十四班（予備役・学生混成）',
]

export const sectorTeams = (count: number, odd = false): readonly Team[] =>
  Array.from({ length: count }, (_, i) => {
    const like = demoTeams[i % demoTeams.length] as Team
    const name = (odd && ODD_NAMES[i % 7]) || NAMES[i] || `Team ${i}`
    const known = !odd && i < demoTeams.length
    return { ...like, id: known ? like.id : `team-${i}`, name: known ? like.name : text(name) }
  })

/** The demo's attacks over 25 minutes, each with every kind of end, and more of them than a table has room for. */
const scenario: Scenario = {
  ...demoScenario,
  durationMs: 2_400_000,
  attacks: demoScenario.attacks.flatMap((one, nth) =>
    [0, 1].map((again) => ({
      ...one,
      id: again ? `second-${one.id}` : one.id,
      trigger: { kind: 'at' as const, atMs: 60_000 + (again * demoScenario.attacks.length + nth) * 90_000 },
    })),
  ),
}

/** Of so many teams: most close, sooner or later; some block, some only because the service was down. */
export function sectorLedger(teams: readonly Team[]): readonly Recorded[] {
  const run = runningRun(scenario, teams)
  const moves: { readonly at: number; readonly run: () => void }[] = []
  for (const { id, trigger, service } of scenario.attacks) {
    const moment = trigger.kind === 'at' ? trigger.atMs : 0
    for (const [index, team] of teams.entries()) {
      const at = moment + index * 200
      const luck = (index * 7 + Math.floor(moment / 90_000) * 5 + index * index) % 12
      const fate = luck < 3 ? 'defended' : luck === 3 ? 'outage' : 'landed'
      if (at > SECTOR_MS) continue
      moves.push({ at, run: () => attacked(run, team.id, id, fate, at) })
      const closed = at + 20_000 + luck * 21_700 + index * 900
      if (fate === 'landed' && luck < 11 && closed <= SECTOR_MS)
        moves.push({ at: closed, run: () => fixed(run, team.id, id, closed) })
      const journey = scenario.services.find((one) => one.id === service)?.journeys.find((one) => !one.alive)
      if (luck === 3 && journey) {
        moves.push({
          at: at + 1_000,
          run: () => seen(run, team.id, `${service}/${journey.id}`, 'down', at + 1_000),
        })
        if (at + 61_000 <= SECTOR_MS)
          moves.push({
            at: at + 61_000,
            run: () => seen(run, team.id, `${service}/${journey.id}`, 'up', at + 61_000),
          })
      }
    }
  }
  for (const move of moves.toSorted((a, b) => a.at - b.at)) move.run()
  return run.ledger
}
