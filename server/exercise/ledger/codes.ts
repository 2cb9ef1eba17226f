/**
 * Every code that a viewer must be able to say in its language. What is not listed here can not be told or refused: it does not
 * compile. Viewers prefix them `story.`, `situation.` and `refusal.`. Codes of the score come from its categories.
 */

export const STORY_CODES = [
  'attack.abandoned',
  'attack.blocked',
  'attack.landed',
  'attack.launched',
  'attack.outage',
  'attack.void',
  'container.died',
  'deploy.failed',
  'deploy.finished',
  'entry.fired',
  'exercise.ended',
  'exercise.paused',
  'exercise.resumed',
  'exercise.skipped',
  'exercise.started',
  'foothold.closed',
  'hint.taken',
  'isolation.lost',
  'isolation.proven',
  'isolation.restored',
  'note',
  'phase.entered',
  'pilot.changed',
  'pilot.fix',
  'pilot.undo-wrong-fix',
  'pilot.wrong-fix',
  'platform.recovered',
  'score.adjusted',
  'seat.revoked',
  'service.broken',
  'service.down',
  'service.slow',
  'service.up',
  'speed.changed',
  'terminal.opened',
  'ticket.answered',
  'ticket.closed',
  'ticket.opened',
  'tutor.said',
] as const
export type StoryCode = (typeof STORY_CODES)[number]

export const SITUATION_CODES = [
  'attack',
  'calm',
  'cascade',
  'ended',
  'outage',
  'paused',
  'preparing',
  'ready',
  'slow',
] as const
export type SituationCode = (typeof SITUATION_CODES)[number]

export type RefusalCode =
  | 'bad-progress'
  | 'bad-scenario'
  | 'bad-speed'
  | 'exists'
  | 'isolation-lost'
  | 'isolation-not-proven'
  | 'label-too-long'
  | 'no-exercise'
  | 'no-longer-so'
  | 'no-results'
  | 'no-more-hints'
  | 'not-allowed'
  | 'not-due'
  | 'not-quiet-attack'
  | 'not-quiet-complaint'
  | 'not-quiet-recovery'
  | 'not-isolated'
  | 'not-your-pilot'
  | 'not-your-team'
  | 'note-empty'
  | 'nothing-to-skip'
  | 'points-out-of-bounds'
  | 'reason-needed'
  | 'seat-exists'
  | 'seat-has-no-team'
  | 'already-fired'
  | 'answer-needed'
  | 'not-manual'
  | 'phase-for-all'
  | 'unknown-entry'
  | 'terminal-exists'
  | 'ticket-answered'
  | 'too-many-terminals'
  | 'unknown-attack'
  | 'unknown-journey'
  | 'unknown-pilot'
  | 'unknown-seat'
  | 'unknown-note'
  | 'unknown-persona'
  | 'unknown-service'
  | 'unknown-team'
  | 'unknown-ticket'
  | 'unknown-weakness'
  | 'wrong-phase'
