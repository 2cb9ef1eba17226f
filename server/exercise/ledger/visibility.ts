import type { EventType, Recorded } from './events.ts'

/** Who receives an event at all: everybody, white and observers, white and one team, or white. What it then says is cut in audience.ts. */
type Visibility = 'all' | 'observer' | 'white' | { readonly team: string }

type Kind = 'all' | 'observer' | 'team' | 'white'

/** An attack is a secret until it is concluded; what is public of it then is the same moment for all who watch. */
const KINDS: { readonly [T in EventType]: Kind } = {
  'exercise.created': 'all',
  'deploy.started': 'all',
  'deploy.progressed': 'all',
  'isolation.proven': 'white',
  // A team that knew of an open way would be invited to take it.
  'isolation.lost': 'observer',
  'isolation.restored': 'observer',
  'machine.lost': 'all',
  'machine.returned': 'all',
  'enclave.move-began': 'all',
  'enclave.moved': 'all',
  'deploy.finished': 'all',
  'deploy.failed': 'all',
  'exercise.started': 'all',
  'exercise.paused': 'all',
  'exercise.resumed': 'all',
  'preparation.changed': 'all',
  'exercise.skipped': 'all',
  'speed.changed': 'all',
  'exercise.ended': 'all',
  'strain.changed': 'all',
  'platform.recovered': 'all',
  'phase.entered': 'all',
  // Who knew of it would know what comes.
  'entry.fired': 'white',
  'entry.changed': 'white',
  'entry.added': 'white',
  'verdict.changed': 'all',
  'attack.launched': 'white',
  'attack.landed': 'all',
  'attack.blocked': 'all',
  'attack.abandoned': 'white',
  'foothold.closed': 'all',
  'ticket.opened': 'all',
  'ticket.answered': 'all',
  'ticket.repeated': 'all',
  'ticket.closed': 'all',
  'tutor.said': 'team',
  'tutor.withdrawn': 'team',
  // What it says is the team's own; that it came, and what it is worth, is in everybody's score.
  'inject.sent': 'all',
  'inject.read': 'team',
  'inject.answered': 'all',
  'inject.graded': 'all',
  'draft.saved': 'team',
  // What a team writes of its own accord is its own, too; what it is worth is in everybody's score.
  'question.tried': 'all',
  'question.hint-taken': 'all',
  'report.filed': 'all',
  'report.drafted': 'team',
  'report.discarded': 'team',
  'report.graded': 'all',
  'appeal.made': 'team',
  'appeal.answered': 'team',
  'work.claimed': 'team',
  'work.released': 'team',
  'handover.written': 'team',
  // Only of what everybody knows to be wrong, and only that somebody is at it.
  'response.began': 'all',
  'case.opened': 'team',
  'case.noted': 'team',
  'case.state-set': 'team',
  'case.report-begun': 'team',
  'world.began': 'all',
  'world.ended': 'all',
  'service.acted': 'all',
  'service.act-finished': 'all',
  'guests.told': 'all',
  'standings.frozen': 'all',
  'standings.revealed': 'all',
  'start.planned': 'all',
  'exercise.named': 'all',
  'wall.scene-set': 'all',
  'wall.page-set': 'all',
  'container.died': 'all',
  'container.started': 'all',
  'disk.filled': 'team',
  'pilot.changed': 'all',
  'pilot.acted': 'team',
  'hint.taken': 'all',
  'terminal.opened': 'team',
  'terminal.closed': 'team',
  'terminal.shared': 'team',
  'terminal.follow-began': 'team',
  'terminal.follow-ended': 'team',
  'terminal.help-began': 'team',
  'terminal.help-ended': 'team',
  'key.registered': 'team',
  'key.removed': 'team',
  'traffic.recorded': 'team',
  'checks.counted': 'white',
  'source.saved': 'team',
  'app.restarted': 'team',
  'changes.kept': 'team',
  'fixes.kept': 'all',
  'seat.issued': 'white',
  'seat.revoked': 'white',
  'score.adjusted': 'all',
  'note.added': 'white',
  'observation.recorded': 'white',
  'observation.changed': 'white',
  'observation.withdrawn': 'white',
}

export function visibility(event: Recorded): Visibility {
  if (event.type === 'pilot.acted' && event.data.handedBack) return 'all'
  // When phases begin everybody may know, and the wall says it.
  if ((event.type === 'entry.changed' || event.type === 'entry.fired') && event.data.kind === 'phase')
    return 'all'
  const kind = KINDS[event.type]
  if (kind !== 'team') return kind
  return 'team' in event.data && event.data.team ? { team: event.data.team } : 'white'
}
