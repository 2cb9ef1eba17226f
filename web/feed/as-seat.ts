import type { Refusal } from '#exercise/decide/commands.ts'
import { PERSON_HEADER } from '#exercise/wire/person.ts'

/** Headers by which the platform knows whose request it is: the seat, and the person where they have said who they are. */
export const asSeat = (
  token: string | null,
  name: string | null = null,
): Readonly<Record<string, string>> => ({
  ...(token && { authorization: `Bearer ${token}` }),
  ...(name && { [PERSON_HEADER]: encodeURIComponent(name) }),
})

/** What is said where the platform says nothing. */
export const NO_ANSWER: Refusal = { code: 'no-answer', message: 'The server did not answer.', params: {} }
