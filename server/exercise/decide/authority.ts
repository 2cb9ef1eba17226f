import type { SeatKind } from '../scenario/model.ts'
import type { CommandPayloads, CommandType, Refusal } from './commands.ts'

/** Who may give a command: white, and blue for its own team; `nobody` at the edge is the platform's own word. */
type Grant = 'nobody' | 'white' | 'own-team' | 'white-and-own-team'

/** The one table. Observers and guests may give none. */
const GRANTS: { readonly [T in CommandType]: Grant } = {
  'create-exercise': 'nobody',
  'start-deploy': 'nobody',
  'report-deploy-progress': 'nobody',
  'report-isolation': 'nobody',
  'report-isolation-lost': 'nobody',
  'report-isolation-restored': 'nobody',
  'report-machine-lost': 'nobody',
  'report-machine-returned': 'nobody',
  'move-enclave': 'white',
  'report-moved': 'nobody',
  'finish-deploy': 'nobody',
  'fail-deploy': 'nobody',
  'start-exercise': 'white',
  'pause-exercise': 'white',
  'resume-exercise': 'white',
  'change-preparation': 'white',
  'skip-quiet-time': 'white',
  'change-speed': 'white',
  'end-exercise': 'white',
  'pass-time': 'nobody',
  'fire-entry': 'white',
  'change-entry': 'white',
  'add-entry': 'white',
  'report-strain': 'nobody',
  'report-unseen': 'nobody',
  'recover-platform': 'nobody',
  'report-check': 'nobody',
  'report-visit': 'nobody',
  'say-tutor': 'nobody',
  'send-inject': 'nobody',
  'read-inject': 'own-team',
  'answer-inject': 'own-team',
  'save-draft': 'own-team',
  'claim-work': 'own-team',
  'release-work': 'own-team',
  'write-handover': 'own-team',
  'open-case': 'own-team',
  'note-case': 'own-team',
  'set-case-state': 'own-team',
  'begin-case-report': 'own-team',
  'grade-inject': 'white',
  'try-question': 'own-team',
  'take-question-hint': 'own-team',
  'file-report': 'own-team',
  'save-report-draft': 'own-team',
  'discard-report-draft': 'own-team',
  'grade-report': 'white',
  'make-appeal': 'own-team',
  'answer-appeal': 'white',
  'answer-ticket': 'own-team',
  'launch-attack': 'nobody',
  'report-attack': 'nobody',
  'report-foothold': 'nobody',
  'report-container': 'nobody',
  'report-disk': 'nobody',
  'change-pilot': 'white-and-own-team',
  'report-pilot': 'nobody',
  'take-hint': 'own-team',
  'open-terminal': 'white-and-own-team',
  'close-terminal': 'white-and-own-team',
  'record-traffic': 'white-and-own-team',
  'register-key': 'own-team',
  'remove-key': 'own-team',
  'save-source': 'white-and-own-team',
  'restart-app': 'white-and-own-team',
  'count-checks': 'nobody',
  'keep-changes': 'nobody',
  'keep-fixes': 'nobody',
  'share-terminal': 'own-team',
  'follow-terminal': 'white-and-own-team',
  'help-terminal': 'white-and-own-team',
  'unfollow-terminal': 'white-and-own-team',
  'issue-seat': 'white',
  'revoke-seat': 'white',
  'adjust-score': 'white',
  'add-note': 'white',
  'record-observation': 'white',
  'change-observation': 'white',
  'withdraw-observation': 'white',
  'begin-world': 'nobody',
  'end-world': 'nobody',
  'act-on-service': 'white',
  'report-act': 'nobody',
  'send-message': 'white',
  'freeze-standings': 'white',
  'reveal-standings': 'white',
  'plan-start': 'white',
  'miss-start': 'nobody',
  'name-exercise': 'nobody',
  'set-wall-scene': 'white',
  'set-wall-page': 'white',
  'drop-wall-page': 'nobody',
}

/**
 * Whether a seat may give a command, asked once at the edge. `team` is the seat's own, null for all seats but blue.
 * Returns true or the refusal to send back.
 */
export function mayCommand<T extends CommandType>(
  seat: SeatKind,
  team: string | null,
  command: { readonly type: T; readonly data: CommandPayloads[T] },
): true | Refusal {
  const grant: Grant = GRANTS[command.type] ?? 'nobody'
  if (seat === 'white' && (grant === 'white' || grant === 'white-and-own-team')) return true
  if (seat === 'blue' && (grant === 'own-team' || grant === 'white-and-own-team')) {
    const meant = 'team' in command.data ? command.data.team : null
    if (team !== null && meant === team) return true
    return {
      code: 'not-your-team',
      message: `A blue seat may give ${command.type} for its own team only.`,
      params: { command: command.type },
    }
  }
  return {
    code: 'not-allowed',
    message: `A ${seat} seat may not give ${command.type}.`,
    params: { command: command.type, seat },
  }
}
