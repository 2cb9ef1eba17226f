import { CATEGORIES, type Category } from '../../scenario/words.ts'
import type { ScoreCode } from '../../scoring/categories.ts'
import type { ScoreEntry, ScoreView } from '../../scoring/score.ts'
import type { TeamMark } from '../score-marks.ts'

/** What points were won or lost by. `category`: no more may be said. */
export type ChangeCause =
  | 'failures'
  | 'attack'
  | 'no-service'
  | 'recovery'
  | 'hint'
  | 'adjusted'
  | 'blocked'
  | 'category'

export interface SectorChange {
  readonly kind: 'won' | 'lost'
  readonly points: number
  readonly cause: ChangeCause
  readonly category: Category
  readonly service: string | null
}

/** As many are told, the largest first. */
const TOLD = 3
/** What rounds to nothing is not told. */
const LEAST = 0.5

/** Points of these come by themselves as long as nothing fails: only their loss is news. */
const BY_TIME: readonly Category[] = ['availability', 'usability']

/** What was won and lost between two moments, category by category: nobody's secret. */
export function changesByCategory(before: ScoreView, now: ScoreView): readonly SectorChange[] {
  const changes = CATEGORIES.flatMap((category): readonly SectorChange[] => {
    const [then, after] = [before.categories[category], now.categories[category]]
    const lost = after.possible - after.points - (then.possible - then.points)
    const won = after.points - then.points
    const told = { category, cause: 'category', service: null } as const
    return [
      { ...told, kind: 'lost', points: lost },
      { ...told, kind: 'won', points: BY_TIME.includes(category) ? 0 : won },
    ]
  })
  return largest(changes)
}

/** The same by what it was: `entries` are the lines of now, of which some stand for an attack that `isNew`. */
export function changesByLine(
  before: TeamMark,
  entries: readonly ScoreEntry[],
  quantum: number,
  isNew: (attack: string) => boolean,
): readonly SectorChange[] {
  const changes = new Map<string, SectorChange>()
  for (const line of entries) {
    const lost = (line.possible - line.points) / quantum - (before.lost[line.id] ?? 0)
    const won = wonBy(line, line.attack !== null && isNew(line.attack) ? line.points / quantum : -lost)
    for (const [kind, points] of [
      ['lost', lost],
      ['won', won],
    ] as const) {
      if (points <= 0) continue
      const cause = causeOf(line)
      const key = [kind, cause, cause === 'category' ? line.category : '', line.service].join('/')
      const known = changes.get(key)
      const change = { kind, cause, category: line.category, service: line.service }
      changes.set(key, { ...change, points: (known?.points ?? 0) + points })
    }
  }
  return largest([...changes.values()])
}

/** An attack that landed keeps a part of its points at first: nothing to be praised for. */
const SPARED: readonly ScoreCode[] = ['defence.breached', 'defence.held', 'defence.landed']

const wonBy = ({ code }: ScoreEntry, points: number): number => (SPARED.includes(code) ? 0 : points)

function causeOf({ code, category, service }: ScoreEntry): ChangeCause {
  if (code.endsWith('.adjusted')) return 'adjusted'
  if (code === 'defence.hint') return 'hint'
  if (service === null) return 'category'
  if (category === 'availability') return 'failures'
  if (code === 'defence.outage' || code === 'recovery.outage') return 'no-service'
  if (code === 'defence.blocked' || code === 'recovery.nothing-lost') return 'blocked'
  if (SPARED.includes(code)) return 'attack'
  return category === 'recovery' ? 'recovery' : 'category'
}

const largest = (changes: readonly SectorChange[]): readonly SectorChange[] =>
  changes
    .filter(({ points }) => points >= LEAST)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, TOLD)
