import { toBegin } from '../../exercise/decide/decision.ts'
import { evolve } from '../../exercise/fold/evolve.ts'
import { initialState, type State } from '../../exercise/fold/state.ts'
import type { ExerciseSummary } from '../../exercise/wire/protocol.ts'
import type { EventLog, LoggedExercise } from '../ports/ports.ts'
import { readArchived } from './archived.ts'
import type { OpenExercise } from './open-exercise.ts'

/** Records listed at most, the newest. */
const MOST = 200

type Title = Pick<ExerciseSummary, 'scenario' | 'title' | 'teams'>

/**
 * Lists what the ledger holds. A guest may ask often: the ledger is asked once, and again after `changed`, and what an exercise is called is
 * read from the first event of each.
 */
export function openExerciseList(log: EventLog) {
  const titles = new Map<string, Title>()
  let logged: Promise<readonly [readonly LoggedExercise[], ReadonlySet<string>]> | null = null

  const titleOf = async (exerciseId: string): Promise<Title> => {
    const known = titles.get(exerciseId)
    if (known) return known
    const [first] = await log.read(exerciseId, 0, 1)
    const { scenario, teams } = first ? evolve(initialState, first) : initialState
    const title = { scenario: scenario.slug, title: scenario.title, teams: teams.map(({ name }) => name) }
    titles.set(exerciseId, title)
    return title
  }
  return {
    /** Exercises have come or ended. */
    changed() {
      logged = null
    },
    async list(current: string | null, open: readonly OpenExercise[]): Promise<readonly ExerciseSummary[]> {
      logged ??= Promise.all([log.exercises(), readArchived(log)]).catch((error) => {
        logged = null
        throw error
      })
      const [all, archived] = await logged
      const states = new Map(open.map(({ engine }) => [engine.exerciseId, engine.state()]))
      const shown = all.filter(({ exerciseId }, at) => at < MOST || states.has(exerciseId))
      const found: ExerciseSummary[] = []
      for (const { exerciseId: id, createdWall, endedWall, name } of shown) {
        const state = states.get(id)
        const phase = state?.phase ?? (endedWall === null ? 'left' : 'ended')
        const startsWall = state && toBegin(state) ? state.plannedStart : null
        // One that a newer Kilp wrote, say, does not hide the others.
        const about = await titleOf(id).catch(() => null)
        if (!about) continue
        found.push({
          id,
          ...about,
          name,
          createdWall,
          endedWall,
          startsWall,
          deployed: state?.phase === 'deploying' ? deployedShare(state) : null,
          archived: archived.has(id),
          phase,
          open: states.has(id),
          current: id === current,
        })
      }
      return found.toSorted((a, b) => rank(b) - rank(a))
    },
  }
}

/** Of the steps of all teams. */
function deployedShare({ teams }: State): number {
  const sum = (of: 'done' | 'total') => teams.reduce((all, { deploy }) => all + deploy[of], 0)
  return sum('total') > 0 ? sum('done') / sum('total') : 0
}

const rank = ({ open, current }: ExerciseSummary): number => Number(current) * 2 + Number(open)
