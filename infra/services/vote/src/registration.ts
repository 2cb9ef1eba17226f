import { readTimestamp, timestamp } from '../../kit/timestamp.ts'
import type { SignedVote } from './signed-vote.ts'

/** Registers a signed vote with the state's time-stamping authority, which is not ours to turn. Gives its token, base64. */
export async function register(vote: SignedVote): Promise<string> {
  return (await timestamp(vote.digest)).toString('base64')
}

/** When a vote was registered: the order in which votes replace each other. Throws when the token is not over this vote. */
export function registeredAt(vote: SignedVote, token: string): Date {
  return readTimestamp(Buffer.from(token, 'base64'), vote.digest).at
}
