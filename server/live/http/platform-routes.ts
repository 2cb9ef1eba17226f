import type { Exercises } from '../../engine/platform/exercises.ts'
import type { Operator } from '../../engine/platform/operator.ts'
import type { Shelf } from '../../engine/platform/shelf.ts'
import { exerciseParams } from '../wire.ts'
import { archiveBody, closeBody, nameBody, openBody } from '../wire-platform.ts'
import { type Routes, refused } from './api-document.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { operatorGuard } from './operator-guard.ts'
import type { RequestSeats } from './request-seat.ts'
import { closedResponse, exercisesResponse, openedResponse, scenariosResponse } from './responses.ts'

export interface PlatformRoutes {
  readonly asks: RequestSeats
  readonly exercises: Exercises
  /** Null: exercises can not be opened or put away over the interface. */
  readonly operator: (Operator & { readonly shelf: Shelf }) | null
  readonly base: () => string
}

/** The exercises of the platform: which there are, opening one more, putting one away. */
export const platformRoutes: Routes<PlatformRoutes> = async (app, options) => {
  const { asks, operator } = options
  app.get(
    '/api/exercises',
    {
      schema: {
        operationId: 'exercises',
        summary: 'The exercises: open ones first, then records, newest first',
        security: [],
        response: { 200: exercisesResponse.describe('The exercises.') },
      },
    },
    async () => ({ exercises: await options.exercises.list() }),
  )
  if (!operator) return
  const guard = operatorGuard(asks)
  app.get(
    '/api/scenarios',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'scenarios',
        summary: 'Scenarios to start: what is in each, and what it needs of the machine',
        security: guard.security,
        response: { 200: scenariosResponse.describe('The scenarios.'), ...guard.refusals },
      },
    },
    async () => ({ scenarios: await operator.shelf.list() }),
  )
  app.post(
    '/api/exercises',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'open-exercise',
        summary: 'Opens one more exercise beside those that are open',
        description: 'Answers when it is made; its enclaves come up behind that.',
        security: guard.security,
        body: openBody,
        response: {
          201: openedResponse.describe('It is there.'),
          409: refused('The scenario can not be had, and why.'),
          ...guard.refusals,
        },
      },
    },
    async ({ body }, reply) => {
      const opened = await operator.open({
        ...body,
        autostart: body.autostart ?? body.startsWall === undefined,
      })
      if (!opened.ok) return refuse(reply, statusOf(opened.refusal), opened.refusal)
      const { exerciseId } = opened.exercise.engine
      return reply.code(201).send({ id: exerciseId, url: `${options.base()}/#/e/${exerciseId}` })
    },
  )
  app.post(
    '/api/exercises/:exercise/close',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'close-exercise',
        summary: 'Removes the enclaves of an exercise that has ended; its record stays',
        security: guard.security,
        params: exerciseParams,
        body: closeBody,
        response: {
          200: closedResponse.describe('Its enclaves are gone.'),
          409: refused('It has not ended, or is not open.'),
          ...guard.refusals,
        },
      },
    },
    async ({ params, body }, reply) => {
      const why = await operator.close(params.exercise, body.end)
      return why ? refuse(reply, statusOf(why), why) : { ok: true }
    },
  )
  app.post(
    '/api/exercises/:exercise/name',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'name-exercise',
        summary: 'Gives an exercise a name of its own, a record too',
        security: guard.security,
        params: exerciseParams,
        body: nameBody,
        response: {
          200: closedResponse.describe('It is called so.'),
          404: refused('There is none.'),
          ...guard.refusals,
        },
      },
    },
    async ({ params, body }, reply) => {
      const why = await operator.name(params.exercise, body.name)
      return why ? refuse(reply, statusOf(why), why) : { ok: true }
    },
  )
  app.post(
    '/api/exercises/:exercise/archive',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'archive-exercise',
        summary: 'Puts a record aside, or back among the others; it can be read as before',
        security: guard.security,
        params: exerciseParams,
        body: archiveBody,
        response: {
          200: closedResponse.describe('It is so.'),
          404: refused('There is none.'),
          409: refused('It still has its enclaves.'),
          ...guard.refusals,
        },
      },
    },
    async ({ params, body }, reply) => {
      const why = await operator.archive(params.exercise, body.archived)
      return why ? refuse(reply, statusOf(why), why) : { ok: true }
    },
  )
  app.delete(
    '/api/exercises/:exercise',
    {
      onRequest: guard.onRequest,
      schema: {
        operationId: 'remove-exercise',
        summary:
          'Removes a record with all that is kept of it: ledger, files, samples, links. There is no way back',
        security: guard.security,
        params: exerciseParams,
        response: {
          200: closedResponse.describe('It is gone.'),
          404: refused('There is none.'),
          409: refused('It still has its enclaves.'),
          ...guard.refusals,
        },
      },
    },
    async ({ params }, reply) => {
      const why = await operator.remove(params.exercise)
      return why ? refuse(reply, statusOf(why), why) : { ok: true }
    },
  )
}
