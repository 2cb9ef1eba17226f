import type { Refusal } from '#exercise/decide/commands.ts'
import { apiPath } from '../app/route.ts'

export type Changes = { readonly diff: string } | { readonly refusal: Refusal }

const NO_ANSWER: Refusal = { code: 'no-answer', message: 'The server did not answer.', params: {} }

/** Asks the platform what a team has changed in the sources of a service. Never rejects. */
export async function askChanges(token: string | null, team: string, service: string): Promise<Changes> {
  try {
    const query = new URLSearchParams({ team, service })
    const reply = await fetch(apiPath(`changes?${query}`), {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    })
    const body = (await reply.json()) as Partial<{ diff: string; refusal: Refusal }>
    if (reply.ok && typeof body.diff === 'string') return { diff: body.diff }
    return { refusal: body.refusal ?? NO_ANSWER }
  } catch {
    return { refusal: NO_ANSWER }
  }
}
