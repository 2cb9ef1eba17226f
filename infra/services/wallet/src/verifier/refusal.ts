/** Why a presentation is not accepted. */
export const REASONS = [
  'malformed',
  'untrustedIssuer',
  'notValid',
  'holderUnproven',
  'revoked',
  'statusUnknown',
  'notAsked',
  'declined',
] as const
export type Reason = (typeof REASONS)[number]

/** A presentation that is not accepted; the message is for the log and the wallet. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly reason: Reason
  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
  }
}
