import { isLate } from '../../fold/inject-state.ts'
import type { State } from '../../fold/state.ts'
import type { AskedView } from './wall-views.ts'

/**
 * [NV6] What people of teams are asked for and have time for: by press, ministries, lawyers. Everybody knows that there is something, by which way it came and until when; what it says is the team's own.
 * Questions of forensics are a quiz, and nobody outside waits for their answer.
 */
export function askedView({ teams }: Pick<State, 'teams'>, atMs: number): readonly AskedView[] {
  const found = new Map<string, AskedView>()
  for (const team of teams)
    for (const sent of team.injects) {
      if (!sent.info.expects || sent.info.category === 'forensics') continue
      const { inject, info, deadlineMs } = sent
      const known = found.get(inject) ?? { inject, channel: info.channel, open: [], sent: 0, dueMs: null }
      const open = sent.answers.length === 0 && sent.grades.length === 0 && !isLate(sent, atMs)
      const dueMs =
        open && deadlineMs !== null ? Math.min(known.dueMs ?? deadlineMs, deadlineMs) : known.dueMs
      found.set(inject, {
        ...known,
        sent: known.sent + 1,
        open: open ? [...known.open, team.id] : known.open,
        dueMs,
      })
    }
  return [...found.values()]
    .filter(({ open }) => open.length > 0)
    .toSorted((a, b) => (a.dueMs ?? Number.POSITIVE_INFINITY) - (b.dueMs ?? Number.POSITIVE_INFINITY))
}
