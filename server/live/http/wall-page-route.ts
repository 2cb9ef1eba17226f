import { z } from 'zod'
import { LANGS } from '../../exercise/scenario/words.ts'
import { WALL_PATH } from '../citizen/wall-pages.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { type Routes, refused } from './api-document.ts'
import { type CitizenRouteOptions, reachedAt } from './citizen-routes.ts'
import { refuse } from './http-refusals.ts'

/** A hall of big screens and phones behind one address; each answer is in memory. */
const PER_SECOND = 100
const AT_ONCE = 1_000

const wallPage = z.object({
  team: z.string(),
  service: z.string(),
  path: z.string(),
  lang: z.enum(LANGS),
  status: z.number().describe('Of HTTP; 0 where there is no answer.'),
  ms: z.number().describe('That the service took.'),
  failed: z
    .enum([
      ...(['down', 'broken', 'too-large', 'busy', 'fault', 'stands-still'] as const),
      ...(['too-fast', 'leads-away'] as const),
    ])
    .nullable()
    .describe('Why there is no page.'),
  url: z
    .string()
    .nullable()
    .describe('The page, without scripts, for a frame; another one when it is another.'),
})

/** The page of a team's service that white has put on the walls, for everybody who watches. */
export const wallPageRoute: Routes<CitizenRouteOptions> = async (
  app,
  { asks, name, params, view, publicUrl },
) => {
  const ask = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  app.addHook('onRequest', asks.exerciseOf)
  app.get(
    '/wall-page',
    {
      schema: {
        operationId: `${name}wall-page`,
        summary: 'The page of a service that the instructor has put on all big screens, and how it stands',
        params: params ?? z.object({}),
        response: {
          200: z.object({ page: wallPage.nullable() }).describe('The page; null for none.'),
          404: refused('There is no such exercise.'),
          429: refused('Too often.'),
        },
      },
    },
    async ({ served, ip, headers: { host = '' } }, reply) => {
      if (!ask.take(ip)) return refuse(reply, 429, TOO_FAST)
      const standing = await view.walls.standing(served)
      if (!standing) return { page: null }
      const { port, version, ...page } = standing
      const hostname = reachedAt(publicUrl, host)
      const there = port !== null && page.failed === null
      const url = there ? `${view.originAt(hostname, port)}${WALL_PATH}?v=${version}` : null
      return { page: { ...page, url } }
    },
  )
}
