import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { readKeptPages } from '../../engine/platform/brought.ts'
import type { EventLog } from '../../engine/ports/ports.ts'
import { MOST_FILE_BYTES } from '../../exercise/scenario/file-types.ts'
import type { FileRef } from '../../exercise/scenario/inject.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { refusal } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { keyOf, known } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'
import { fileResponse, pagesResponse } from './responses.ts'

/** Of one seat: each is at most as big as a file may be. */
const FILES_PER_SECOND = 5
const FILES_AT_ONCE = 60
const UPLOADS_PER_SECOND = 0.2
const UPLOADS_AT_ONCE = 10

const uploadQuery = z.strictObject({
  inject: z.string().min(1).max(128).describe('The message that it answers.'),
  name: z.string().min(1).max(500).describe('Its name, in any language.'),
})

const shaParam = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the content, hex.')

export interface FileRoutes {
  /** Begins the operation ids, which must all be different. */
  readonly name: '' | 'exercise-'
  /** Parameters of the prefix. */
  readonly params?: z.ZodObject
  readonly asks: RequestSeats
  readonly store: EventLog
}

/** Files of messages and answers, and what the scenario brings to read. */
export const fileRoutes: Routes<FileRoutes> = async (app, options) => {
  const { asks, name, store } = options
  const about = (operation: string, summary: string) => ({ operationId: name + operation, summary })
  const params = options.params ? { params: options.params } : {}
  app.addHook('onRequest', asks.exerciseOf)
  app.removeAllContentTypeParsers()
  // Whatever a browser says that it is: the content decides.
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_FILE_BYTES }, (_, body, done) =>
    done(null, body),
  )

  app.get(
    '/briefing',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('briefing', 'What the scenario brings to read, as Markdown by language'),
        ...params,
        security: bySeat.security,
        response: {
          200: pagesResponse.describe('The briefing; for white the instructor’s page too.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat }) => {
      const pages = await readKeptPages(store, served.exercise.engine.exerciseId)
      const instructor = known(seat).seat === 'white' ? pages?.instructor : undefined
      return {
        first: pages?.first ?? 'en',
        briefing: pages?.briefing ?? {},
        ...(instructor && { instructor }),
      }
    },
  )

  const asksFiles = rateLimitPerAddress(FILES_PER_SECOND, FILES_AT_ONCE)
  app.get(
    '/files/:sha256',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about(
          'file',
          'A file of a message or of an answer. White, and blue what its own team got or sent',
        ),
        params: (options.params ?? z.object({})).extend({ sha256: shaParam }),
        security: bySeat.security,
        response: {
          200: z.string().describe('The content, always to be saved.'),
          ...bySeat.refusals,
          404: refused('There is no such exercise, or no such file for this seat.'),
        },
      },
    },
    async (request, reply) => {
      const { served, seat } = request
      const { sha256 } = request.params as { sha256: string }
      if (!asksFiles.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
      const found = await served.files.find(known(seat), sha256)
      return found ? serve(reply, found) : refuse(reply, 404, NO_FILE)
    },
  )

  const uploads = rateLimitPerAddress(UPLOADS_PER_SECOND, UPLOADS_AT_ONCE)
  app.put(
    '/files',
    {
      bodyLimit: MOST_FILE_BYTES,
      onRequest: [
        asks.seatOf,
        // Before anything of the body is read.
        async ({ served, seat, headers, query }, reply) => {
          const { inject = '' } = query as { inject?: string }
          const length = Number(headers['content-length'] ?? Number.NaN)
          const why = served.files.refuses(
            known(seat),
            String(inject),
            Number.isFinite(length) ? length : null,
          )
          if (why) return refuse(reply, why.code === 'file-too-large' ? 413 : statusOf(why), why)
          if (!uploads.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
          return
        },
      ],
      schema: {
        ...about('upload-file', 'Uploads a file that the team will answer a message with. Blue'),
        description:
          'The body is the content of the file. Then give `answer-inject` with what this returns. A team keeps a bounded number of files and bytes.',
        ...params,
        querystring: uploadQuery,
        security: bySeat.security,
        response: {
          200: fileResponse.describe('It is kept.'),
          400: refused('A query that is no good.'),
          403: refused('Not a seat of a team.'),
          409: refused('The message does not ask for such a file, or the team keeps too many.'),
          413: refused('More than the message asks for.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, query, body }, reply) => {
      const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
      const result = await served.files.keep(known(seat), { ...query, content })
      if (result.ok) return result
      return refuse(
        reply,
        result.refusal.code === 'file-too-large' ? 413 : statusOf(result.refusal),
        result.refusal,
      )
    },
  )
}

/** Nothing that a browser would ever show or run by itself: whoever made the file may be hostile. */
function serve(
  reply: FastifyReply,
  { file, content }: { readonly file: FileRef; readonly content: Uint8Array },
): FastifyReply {
  return reply
    .header('content-type', file.type)
    .header('content-disposition', disposition(file.name))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .serializer((bytes: unknown) => bytes as string)
    .send(Buffer.from(content))
}

/** RFC 6266 with RFC 5987: the name in any language, and something that old programs understand. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

const NO_FILE = refusal('not-found', 'There is no such file for this seat.')
