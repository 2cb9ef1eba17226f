import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod'
import type { FastifyReply } from 'fastify'
import type { Refusal } from '../../exercise/decide/commands.ts'
import { NO_SPACE, TOO_FAST } from '../give-command.ts'
import { FAULT, malformedAt, NO_EXERCISE, refusal } from '../wire.ts'

/** Sends a refusal as every route does. */
export function refuse(reply: FastifyReply, status: number, why: Refusal): FastifyReply {
  return reply.code(status).send({ ok: false, refusal: why })
}

/** HTTP status of a refusal by the exercise or the platform. */
export function statusOf({ code }: Refusal): number {
  if (code === TOO_FAST.code) return 429
  if (code === NO_EXERCISE.code) return 404
  if (code === NO_SPACE.code) return 507
  return code === 'not-allowed' || code === 'not-your-team' ? 403 : 409
}

/** What was thrown: the sender's mistakes are said to them, a fault is told to `fault` and no more than that to them. */
export function answerError(
  error: unknown,
  reply: FastifyReply,
  fault: (what: string, error: unknown) => void,
): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation
    return refuse(reply, 400, malformedAt(first?.instancePath.slice(1).replaceAll('/', '.'), first?.message))
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'The request is no good.'
    return refuse(reply, status, refusal(status === 413 ? 'too-large' : 'malformed', message))
  }
  fault('http', error)
  return refuse(reply, 500, FAULT)
}
