import fastifySwagger from '@fastify/swagger'
import { jsonSchemaTransform, validatorCompiler } from '@fastify/type-provider-zod'
import type { FastifyInstance, FastifyPluginAsync, FastifyTypeProvider, RawServerDefault } from 'fastify'
import { z } from 'zod'
import { refusedResponse } from './responses.ts'

/** Requests are typed by their schemas; what is answered is typed where it is made, and checked against its schema by tests. */
interface RequestTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown
  readonly serializer: unknown
}
export type Routes<Options extends object> = FastifyPluginAsync<Options, RawServerDefault, RequestTypes>

/** A refusal with what it means on this route, for the document. */
export const refused = (description: string) => refusedResponse.describe(description)

/** Of a route that a seat asks. */
export const bySeat = {
  security: [{ seat: [] }],
  refusals: {
    401: refused('No token, or one that is unknown, revoked, or of another exercise.'),
    404: refused('There is no such exercise.'),
    429: refused('Too many requests, or too many tokens that are no good from this address.'),
  },
}

/** Routes are checked by their zod schemas from here on, and described by them in `/api/openapi.json`. Before any route. */
export function openDocument(app: FastifyInstance, version: string): void {
  app.setValidatorCompiler(validatorCompiler)
  // Thousands of events are not worth checking once more each time.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kilp',
        version,
        description:
          'Exercises of a platform. Paths without an exercise mean the current one. The same events come live over socket.io: handshake ' +
          '`auth: {exercise, token, cursor, person: {name, role}}`, server event `events` with `{after, cursor, events}`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          seat: {
            type: 'http',
            scheme: 'bearer',
            description: 'Token of a seat: the last part of its join link.',
          },
          operator: {
            type: 'http',
            scheme: 'bearer',
            description: 'Key of the one who runs the platform, from `running.json` in its data folder.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
  app.register(async (routes) => {
    routes.get(
      '/api/openapi.json',
      {
        schema: {
          operationId: 'openapi',
          summary: 'This document',
          security: [],
          response: { 200: z.record(z.string(), z.unknown()).describe('OpenAPI 3.1.') },
        },
      },
      () => app.swagger(),
    )
  })
}
