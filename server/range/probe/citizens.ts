import { randomUUID } from 'node:crypto'
import type { Citizen, Citizens, VisitAnswer } from '../../engine/ports/citizens.ts'
import type { ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import type { Script } from '../../engine/ports/script.ts'
import type { ProbeLink } from './probe-link.ts'

/** The probe gives up after 15 s, and what waits for its turn may wait as long. */
const VISIT_MS = 35_000
const PEOPLE_MS = 5_000
const CARD_MS = 5_000

/** The state as citizens reach it, over the lines to the probes. */
export function openCitizens(
  services: readonly ServiceSpec[],
  link: (team: string) => ProbeLink | null,
): Citizens {
  const open = services.filter(({ networks }) => networks.includes('public')).map(({ id }) => id)
  return {
    services: open,
    async visit(team, { body, ...request }) {
      if (!open.includes(request.service)) return { ok: false, why: 'fault' }
      const visit = { ...request, body: body.toString('base64') }
      const told = await link(team)?.ask({ visit }, VISIT_MS)
      return told?.visited ? answerOf(told.visited) : { ok: false, why: 'fault' }
    },
    async people(team) {
      const told = await link(team)?.ask({ people: true }, PEOPLE_MS)
      return Array.isArray(told?.people) ? told.people.slice(0, 100).flatMap(citizenOf) : []
    },
    async card(team, person, origin, nonce) {
      const result = await link(team)?.run(
        { script: cardScript(person, origin, nonce), vars: {}, memory: {}, seed: randomUUID() },
        async () => ({ exitCode: -1, stdout: '', stderr: '', error: 'a card runs no commands' }),
      )
      return result?.remember.token ?? null
    },
  }
}

/** Nothing in it is a template: values go in as the probe's own step wants them. */
const cardScript = (person: string, origin: string, nonce: string): Script => ({
  setup: [],
  steps: [
    {
      card: { person, origin, nonce, certificate: 'authentication' },
      deadlineMs: CARD_MS,
      capture: { token: { body: true } },
      remember: ['token'],
    },
  ],
  slowAfterMs: CARD_MS,
  deadlineMs: CARD_MS,
})

type Raw = Readonly<Record<string, unknown>>
const WHY = ['down', 'broken', 'too-large', 'busy'] as const

function answerOf(visited: Raw): VisitAnswer {
  const { status, headers, body, ms, failed } = visited
  if (failed !== undefined) return { ok: false, why: WHY.find((one) => one === failed) ?? 'fault' }
  if (typeof status !== 'number' || typeof body !== 'string' || !Array.isArray(headers))
    return { ok: false, why: 'fault' }
  const pairs = headers.filter(
    (pair): pair is [string, string] =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string',
  )
  if (!Number.isInteger(status) || status < 200 || status > 599) return { ok: false, why: 'broken' }
  return {
    ok: true,
    status,
    headers: pairs,
    body: Buffer.from(body, 'base64'),
    ms: typeof ms === 'number' ? ms : 0,
  }
}

function citizenOf(value: unknown): Citizen[] {
  const { code, name, role, birth } = Object(value) as Raw
  return typeof code === 'string' &&
    typeof name === 'string' &&
    typeof role === 'string' &&
    typeof birth === 'string'
    ? [{ code, name, role, birth }]
    : []
}
