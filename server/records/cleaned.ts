import type { EventType } from '../exercise/ledger/events.ts'
import type { Stored } from '../exercise/ledger/upcast.ts'

/** What is not in an export, as its manifest says it. */
export const LEFT_OUT = {
  seed: 'seed of exercise.created',
  loot: 'values in loot of attack.landed, as long as the exercise has not ended',
  settings: 'settings of the platform: keys of seats and of the installation, join codes',
} as const

type Data = Readonly<Record<string, unknown>>
type Cut = (data: Data, ended: boolean) => Data

const isValues = (loot: unknown): loot is Data => typeof loot === 'object' && loot !== null
const blank = (loot: Data): Data => Object.fromEntries(Object.keys(loot).map((name) => [name, '']))

/**
 * What is cut of which event; null: nothing. A type of event that nobody thought about does not compile: can its reader do anything in the exercise with what it tells? These two can:
 *
 * - `exercise.created`: `seed`. Who has it can work out when what comes by chance will come, and try words against the digests of questions' answers, which are salted with it. Always cut:
 *   nothing that is shown needs it.
 * - `attack.landed`: `loot`, credentials that an attacker carried off and with which later attacks come. The values are cut of an exercise that has not ended; after the end they open nothing, and grades of
 *   reports are proposed by them.
 *
 * Left in, because nothing can be done with it: ids of seats (`seat.issued`; a token is signed with a key of the store's settings), ids of terminals (only their own connection has them), public SSH keys and
 * fingerprints (`key.registered`), digests of answers (without the seed no word can be tried), evidence (what was sent and answered within an enclave that nobody but its team reaches, and that team reads it
 * anyway). Data are as an older Kilp may have stored them.
 */
const CUTS: { readonly [T in EventType]: Cut | null } = {
  'exercise.created': (data) => ({ ...data, seed: '' }),
  'deploy.started': null,
  'deploy.progressed': null,
  'isolation.proven': null,
  'isolation.lost': null,
  'isolation.restored': null,
  'machine.lost': null,
  'machine.returned': null,
  'enclave.move-began': null,
  'enclave.moved': null,
  'deploy.finished': null,
  'deploy.failed': null,
  'exercise.started': null,
  'exercise.paused': null,
  'exercise.resumed': null,
  'preparation.changed': null,
  'exercise.skipped': null,
  'speed.changed': null,
  'exercise.ended': null,
  'strain.changed': null,
  'platform.recovered': null,
  'phase.entered': null,
  'entry.fired': null,
  'entry.changed': null,
  'entry.added': null,
  'verdict.changed': null,
  'attack.launched': null,
  'attack.landed': (data, ended) =>
    ended || !isValues(data.loot) ? data : { ...data, loot: blank(data.loot) },
  'attack.blocked': null,
  'attack.abandoned': null,
  'foothold.closed': null,
  'ticket.opened': null,
  'ticket.answered': null,
  'ticket.repeated': null,
  'ticket.closed': null,
  'tutor.said': null,
  'tutor.withdrawn': null,
  'inject.sent': null,
  'inject.read': null,
  'inject.answered': null,
  'inject.graded': null,
  'draft.saved': null,
  'question.tried': null,
  'question.hint-taken': null,
  'report.filed': null,
  'report.drafted': null,
  'report.discarded': null,
  'report.graded': null,
  'appeal.made': null,
  'appeal.answered': null,
  'work.claimed': null,
  'work.released': null,
  'handover.written': null,
  'response.began': null,
  'case.opened': null,
  'case.noted': null,
  'case.state-set': null,
  'case.report-begun': null,
  'world.began': null,
  'world.ended': null,
  'service.acted': null,
  'service.act-finished': null,
  'guests.told': null,
  'standings.frozen': null,
  'standings.revealed': null,
  'start.planned': null,
  'exercise.named': null,
  'wall.scene-set': null,
  'wall.page-set': null,
  'container.died': null,
  'container.started': null,
  'disk.filled': null,
  'pilot.changed': null,
  'pilot.acted': null,
  'hint.taken': null,
  'terminal.opened': null,
  'terminal.closed': null,
  'terminal.shared': null,
  'terminal.follow-began': null,
  'terminal.follow-ended': null,
  'terminal.help-began': null,
  'terminal.help-ended': null,
  'key.registered': null,
  'key.removed': null,
  'traffic.recorded': null,
  'checks.counted': null,
  'source.saved': null,
  'app.restarted': null,
  'changes.kept': null,
  'fixes.kept': null,
  'seat.issued': null,
  'seat.revoked': null,
  'score.adjusted': null,
  'note.added': null,
  'observation.recorded': null,
  'observation.changed': null,
  'observation.withdrawn': null,
}

/** An event as an export has it. `ended`: the exercise has. */
export function cleaned(stored: Stored, ended: boolean): Stored {
  const cut = Object.hasOwn(CUTS, stored.type) ? CUTS[stored.type as EventType] : null
  return cut ? { ...stored, data: cut(stored.data as Data, ended) } : stored
}
