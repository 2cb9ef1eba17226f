/**
 * Every code that a viewer must be able to say in its language. What is not listed here can not be told or refused: it does not
 * compile. Viewers prefix them `story.`, `situation.` and `refusal.`. Codes of the score come from its categories.
 */

export const STORY_CODES = [
  'app.restart-failed',
  'traffic.recorded',
  'app.restarted',
  'appeal.answered',
  'appeal.made',
  'attack.abandoned',
  'attack.blocked',
  'attack.landed',
  'attack.launched',
  'attack.outage',
  'attack.void',
  'container.died',
  'container.stopped-with',
  'deploy.failed',
  'deploy.finished',
  'disk.filled',
  'disk.filled-for-good',
  'entry.added',
  'entry.cancel',
  'entry.edit',
  'entry.fired',
  'entry.hold',
  'entry.move',
  'entry.release',
  'entry.restore',
  'exercise.ended',
  'exercise.paused',
  'exercise.resumed',
  'exercise.skipped',
  'exercise.started',
  'foothold.closed',
  'handover.written',
  'guests.told',
  'hint.taken',
  'inject.answered',
  'inject.graded',
  'inject.sent',
  'isolation.lost',
  'isolation.proven',
  'isolation.restored',
  'machine.lost',
  'machine.returned',
  'enclave.move-began',
  'enclave.move-failed',
  'enclave.moved',
  'note',
  'phase.entered',
  'pilot.changed',
  'pilot.fix',
  'pilot.undo-wrong-fix',
  'pilot.wrong-fix',
  'platform.recovered',
  'preparation.closed',
  'preparation.opened',
  'question.hint-taken',
  'question.right',
  'question.wrong',
  'report.amended',
  'report.filed',
  'report.graded',
  'score.adjusted',
  'seat.revoked',
  'service.act-failed',
  'service.broken',
  'service.down',
  'service.restart',
  'service.revert',
  'service.slow',
  'service.unknown',
  'service.up',
  'speed.changed',
  'standings.frozen',
  'standings.revealed',
  'strain.late',
  'strain.over',
  'terminal.follow-began',
  'terminal.follow-ended',
  'terminal.help-began',
  'terminal.help-ended',
  'terminal.opened',
  'ticket.answered',
  'ticket.closed',
  'ticket.opened',
  'tutor.said',
  'world.began',
  'world.ended',
] as const
export type StoryCode = (typeof STORY_CODES)[number]

export const SITUATION_CODES = [
  'attack',
  'calm',
  'cascade',
  'ended',
  'interrupted',
  'late',
  'outage',
  'paused',
  'preparing',
  'ready',
  'slow',
  'unmeasured',
] as const
export type SituationCode = (typeof SITUATION_CODES)[number]

export type RefusalCode =
  | 'bad-name'
  | 'bad-progress'
  | 'bad-scenario'
  | 'bad-speed'
  | 'exists'
  | 'isolation-lost'
  | 'isolation-not-proven'
  | 'label-too-long'
  | 'label-unseen'
  | 'no-exercise'
  | 'machine-answers'
  | 'no-longer-so'
  | 'no-results'
  | 'no-more-hints'
  | 'not-allowed'
  | 'not-due'
  | 'not-quiet-attack'
  | 'not-quiet-complaint'
  | 'not-quiet-inject'
  | 'unknown-inject'
  | 'unknown-field'
  | 'not-asked'
  | 'answer-too-long'
  | 'wrong-answer-kind'
  | 'answer-graded'
  | 'nothing-to-grade'
  | 'bad-file-name'
  | 'bad-file-ending'
  | 'bad-grade'
  | 'draft-full'
  | 'unknown-report'
  | 'too-many-reports'
  | 'report-filed'
  | 'too-many-versions'
  | `bad-report-${'service' | 'noticed' | 'technique' | 'confidence'}`
  | 'bad-match'
  | 'report-rules'
  | 'not-a-question'
  | 'no-more-tries'
  | 'question-hints'
  | 'question-over'
  | 'unknown-subject'
  | 'appeal-open'
  | 'appeal-answered'
  | 'too-many-appeals'
  | 'unknown-appeal'
  | 'not-quiet-recovery'
  | 'not-quiet-report'
  | 'not-isolated'
  | 'not-your-pilot'
  | 'not-your-team'
  | 'note-empty'
  | 'observation-empty'
  | 'observation-too-long'
  | 'bad-observation'
  | 'bad-due-date'
  | 'too-many-observations'
  | 'unknown-observation'
  | 'nothing-to-skip'
  | 'points-out-of-bounds'
  | 'reason-needed'
  | 'seat-exists'
  | 'seat-has-no-team'
  | 'already-came'
  | 'already-fired'
  | 'after-the-end'
  | 'bad-change'
  | 'entry-cancelled'
  | 'entry-exists'
  | 'moves-nothing'
  | 'not-for-team'
  | 'nothing-to-share'
  | 'too-many-added'
  | 'answer-needed'
  | 'phase-for-all'
  | 'unknown-entry'
  | 'terminal-exists'
  | 'no-such-terminal'
  | 'pilots-terminal'
  | 'ssh-terminal'
  | 'follow-exists'
  | 'not-followed'
  | 'too-many-followers'
  | 'too-many-colleagues'
  | 'not-shared'
  | 'look-only'
  | 'not-your-terminal'
  | 'not-while-still'
  | 'too-soon'
  | 'bad-key'
  | 'recording-now'
  | 'no-recording'
  | 'too-many-keys'
  | 'bad-source-path'
  | 'source-changed'
  | 'source-unreadable'
  | 'source-not-text'
  | 'source-too-large'
  | 'source-busy'
  | 'restart-failed'
  | 'ticket-answered'
  | 'too-many-terminals'
  | 'unknown-action'
  | 'unknown-attack'
  | 'unknown-journey'
  | 'unknown-pilot'
  | 'unknown-seat'
  | 'last-white-seat'
  | 'unknown-note'
  | 'unknown-persona'
  | 'unknown-service'
  | 'unknown-team'
  | 'unknown-ticket'
  | 'unknown-weakness'
  | 'unknown-work'
  | 'too-many-claims'
  | 'handover-length'
  | 'too-many-handovers'
  | 'unknown-case'
  | 'case-words'
  | 'too-many-cases'
  | 'case-moment'
  | 'case-no-service'
  | 'wrong-phase'
  | 'message-empty'
  | 'message-to-nobody'
  | 'no-page-now'
  | 'bad-page-path'
  | 'not-quiet-world'
  | 'service-interrupted'
