import { createHash, randomBytes } from 'node:crypto'
import type { App } from '../app.ts'

/** A health app starts its login (RFC 7636): `verifier` stays on the phone, `challenge` and `state` go to the server. */
export const startLogin: App = () => {
  const verifier = randomBytes(32).toString('base64url')
  return {
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    state: randomBytes(16).toString('base64url'),
  }
}

/** The phone opens the app with the address `location` that the server redirects to: the code, if it answers this login. */
export const finishLogin: App = ({ location = '', state = '' }) => {
  const answer = new URL(location).searchParams
  const error = answer.get('error')
  if (error) throw new Error(`the login ended with ${error}`)
  if (answer.get('state') !== state) throw new Error('the answer is for another login')
  return { code: answer.get('code') }
}
