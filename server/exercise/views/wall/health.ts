import type { State } from '../../fold/state.ts'
import type { HealthView } from './wall-views.ts'

/** Where so much of what is to be looked at has no verdict, the platform sees next to nothing. */
const MOST = 0.5

/** Whether what is shown can be trusted, and how often it is renewed. What is taken away on purpose [SC24] has no verdict either, and says nothing of the platform. */
export function healthView({ strain, teams, scenario, phase, machinesAway }: State): HealthView {
  const of = {
    cause: strain.cause,
    everyMs: scenario.aliveEveryMs * Math.max(1, strain.stretch),
  }
  const away = machinesAway.flatMap((one) => one.teams).length
  if (phase === 'running' && away > 0)
    return { ...of, away, state: 'away', sinceMs: Math.min(...machinesAway.map(({ sinceMs }) => sinceMs)) }
  const looked = teams.flatMap(({ services }) => services).filter(({ touched, hit }) => touched + hit === 0)
  const unseen = looked.filter(({ verdict }) => verdict === 'unknown')
  if (phase === 'running' && looked.length > 0 && unseen.length > looked.length * MOST && !strain.late)
    return { ...of, state: 'blind', sinceMs: Math.min(...unseen.map(({ sinceMs }) => sinceMs)) }
  return { ...of, state: strain.late && phase === 'running' ? 'late' : 'well', sinceMs: strain.sinceMs }
}
