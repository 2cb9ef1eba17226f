import type { VisitAnswer } from '../../engine/ports/citizens.ts'

/** `sent-too-much`: the request has a body that is too large. `over`: the visit is. */
export type NotHeard =
  | { readonly ok: false; readonly why: 'sent-too-much' }
  | { readonly ok: false; readonly why: 'over' }

/** `stands-still`: what a team has put into a service is not to be set off while time stands still. `too-fast`: more than a person does. */
export type VisitResult =
  | VisitAnswer
  | NotHeard
  | { readonly ok: false; readonly why: 'stands-still' | 'too-fast' }

/** Why there is no page. */
export type NoPage = Exclude<Exclude<VisitResult, { readonly ok: true }>['why'], NotHeard['why']>
