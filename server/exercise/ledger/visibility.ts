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
  'deploy.finished': 'all',
  'deploy.failed': 'all',
  'exercise.started': 'all',
  'exercise.paused': 'all',
  'exercise.resumed': 'all',
  'exercise.skipped': 'all',
  'speed.changed': 'all',
  'exercise.ended': 'all',
  'platform.recovered': 'all',
  'phase.entered': 'all',
  // Who knew of it would know what comes.
  'entry.fired': 'white',
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
  'container.died': 'all',
  'container.started': 'all',
  'pilot.changed': 'all',
  'pilot.acted': 'team',
  'hint.taken': 'all',
  'terminal.opened': 'team',
  'terminal.closed': 'team',
  'seat.issued': 'white',
  'seat.revoked': 'white',
  'score.adjusted': 'all',
  'note.added': 'white',
}

export function visibility(event: Recorded): Visibility {
  const kind = KINDS[event.type]
  if (kind !== 'team') return kind
  return 'team' in event.data && event.data.team ? { team: event.data.team } : 'white'
}
