import { z } from 'zod'
import {
  commandResponse,
  exerciseResponse,
  healthResponse,
  ledgerResponse,
  logsResponse,
  refusedResponse,
  samplesResponse,
  seatsResponse,
} from './responses.ts'
import { ledgerQuery, logsQuery, samplesQuery, wireCommand } from './wire.ts'

const schema = (of: z.ZodType, io: 'input' | 'output' = 'output') => {
  const { $schema, ...rest } = z.toJSONSchema(of, { target: 'draft-2020-12', io })
  return rest
}
const json = (of: z.ZodType, io?: 'input' | 'output') => ({ 'application/json': { schema: schema(of, io) } })
const answer = (description: string, of: z.ZodType) => ({ description, content: json(of) })
const refused = (description: string) => answer(description, refusedResponse)

const bySeat = [{ seat: [] }]
const UNAUTHORIZED = refused('No token, or one that is unknown or revoked.')

const TOO_MANY = refused('Too many tokens that are no good came from this address.')

/** Query parameters of a schema; those without a default are required. */
function parametersOf(query: z.ZodType) {
  const { properties, required = [] } = schema(query, 'input') as {
    properties: Record<string, { description?: string }>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description, ...of }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema: of,
  }))
}

/** The OpenAPI document of the HTTP interface, from the very schemas that check it. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kilp',
      version,
      description:
        'A running exercise. The same events come live over socket.io: handshake `auth: {token, cursor}`, server event `events` ' +
        'with `{after, cursor, events}`.',
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
      },
    },
    paths: {
      '/healthz': {
        get: {
          operationId: 'health',
          summary: 'Whether the platform serves',
          security: [],
          responses: { 200: answer('It does.', healthResponse) },
        },
      },
      '/api/exercise': {
        get: {
          operationId: 'exercise',
          summary: 'The exercise as a guest may see it: phase, clock, scores, verdicts',
          security: [],
          responses: { 200: answer('The exercise.', exerciseResponse) },
        },
      },
      '/api/ledger': {
        get: {
          operationId: 'ledger',
          summary: 'Events after a cursor, cut to what the seat may know',
          description: 'Ask again with the cursor you got until it no longer moves.',
          security: bySeat,
          parameters: parametersOf(ledgerQuery),
          responses: {
            200: answer('Events in order.', ledgerResponse),
            400: refused('A query that is no good.'),
            401: UNAUTHORIZED,
            429: refused(
              'Too many pages at once, or too many tokens that are no good came from this address.',
            ),
          },
        },
      },
      '/api/commands': {
        post: {
          operationId: 'command',
          summary: 'Gives a command',
          security: bySeat,
          requestBody: { required: true, content: json(wireCommand, 'input') },
          responses: {
            200: answer('Done and recorded.', commandResponse),
            400: refused('Not a command of a known form.'),
            401: UNAUTHORIZED,
            429: TOO_MANY,
            403: refused('The seat may not give this command.'),
            413: refused('More than 64 KiB.'),
            409: refused('The exercise does not allow it now, or it names what is not there.'),
          },
        },
      },
      '/api/samples': {
        get: {
          operationId: 'samples',
          summary: 'Raw results of the checks of one service, newest first. White, and blue for its own team',
          security: bySeat,
          parameters: parametersOf(samplesQuery),
          responses: {
            200: answer('The samples.', samplesResponse),
            400: refused('A query that is no good.'),
            401: UNAUTHORIZED,
            429: TOO_MANY,
            403: refused('Samples of another team.'),
          },
        },
      },
      '/api/logs': {
        get: {
          operationId: 'logs',
          summary: 'Searches the logs of a team’s services, newest first. White, and blue for its own team',
          description:
            'Asks the log collector in the team’s enclave. Whoever is root there can change what it says.',
          security: bySeat,
          parameters: parametersOf(logsQuery),
          responses: {
            200: answer('Lines.', logsResponse),
            400: refused('A query that is no good.'),
            401: UNAUTHORIZED,
            429: TOO_MANY,
            403: refused('Logs of another team.'),
            503: refused('There is no log collector, or it does not answer.'),
          },
        },
      },
      '/api/seats': {
        get: {
          operationId: 'seats',
          summary: 'Every seat with its join link. White only',
          security: bySeat,
          responses: {
            200: answer('The seats.', seatsResponse),
            401: UNAUTHORIZED,
            429: TOO_MANY,
            403: refused('Not the white seat.'),
          },
        },
      },
      '/api/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'This document',
          security: [],
          responses: {
            200: {
              description: 'OpenAPI 3.1.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
        },
      },
    },
  }
}
