import type { State } from '../fold/state.ts'
import { accept, type CommandOf, type Decision, fact } from './decision.ts'

/**
 * A tutor's note is no fact of the exercise but help, and wrong help misleads for as long as it is read: so white can cancel it after it has come, and it is gone from the team's
 * room; restored, it is said again. Null where nobody who is meant has it: then it is an entry like others.
 */
export function notesBack(
  state: State,
  { data, by }: CommandOf<'change-entry'>,
  at: number,
): Decision | null {
  const { kind, id, team, change } = data
  const note = state.scenario.tutor.find((one) => one.id === id)
  if (kind !== 'note' || !note || (change.kind !== 'cancel' && change.kind !== 'restore')) return null
  const withdraws = change.kind === 'cancel'
  const told = state.teams
    .filter((one) => team === null || one.id === team)
    .filter(({ tutored }) =>
      tutored.some((said) => said.note === id && (said.withdrawnMs === undefined) === withdraws),
    )
  if (told.length === 0) return null
  return accept(
    // Those who have not got it yet do not get it, and what was done is listed with the entry.
    fact('entry.changed', at, { kind, id, team, change, by }),
    ...told.map((one) =>
      withdraws
        ? fact('tutor.withdrawn', at, { team: one.id, note: id, by })
        : fact('tutor.said', at, { team: one.id, note: id, text: note.text }),
    ),
  )
}
