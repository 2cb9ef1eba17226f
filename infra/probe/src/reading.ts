import type { AppRunner } from './app.ts'
import { captureFrom } from './capture.ts'
import type { CookieJar } from './cookies.ts'
import { lazyJson, meet } from './expectation.ts'
import { type Reply, type Step, StepFailure } from './steps.ts'

/** By this name the workers of apps read, too. No step can ask for it. */
export const READ = ' read'

/** Characters of a body that are read at once: whatever they are, that takes a moment. What is longer may be made to take for ever, and is read where that holds up nobody. */
const AT_ONCE = 8_192
const READ_MS = 2_000

type Asked = Pick<Step, 'expect' | 'capture'>

interface Told {
  readonly captured: Readonly<Record<string, unknown>>
  readonly failure: Pick<StepFailure, 'kind' | 'expected' | 'received' | 'sent' | 'cut'> | null
}

/** What a step wants to know of what came back. @throws StepFailure for what is not as it expects, and when reading takes too long. */
export async function read(
  { expect, capture = {} }: Asked,
  reply: Reply,
  of: { readonly cookies: CookieJar; readonly apps: AppRunner; readonly deadline: number },
): Promise<Readonly<Record<string, unknown>>> {
  const kept = Object.entries(capture).filter(([, one]) => 'cookie' in one)
  const cookies = Object.fromEntries(
    kept.map(([name, one]) => [name, captureFrom(name, one, reply, () => null, of.cookies)]),
  )
  const rest = Object.fromEntries(Object.entries(capture).filter(([, one]) => !('cookie' in one)))
  const asked = { ...(expect && { expect }), capture: rest }
  const { captured, failure } =
    reply.body.length <= AT_ONCE ? readNow(asked, reply) : await elsewhere(asked, reply, of)
  if (failure) throw new StepFailure(failure.kind, failure)
  return { ...captured, ...cookies }
}

async function elsewhere(
  asked: Asked,
  reply: Reply,
  { apps, deadline }: { readonly apps: AppRunner; readonly deadline: number },
): Promise<Told> {
  const input = { asked: JSON.stringify(asked), reply: JSON.stringify(reply) }
  const until = Math.max(performance.now() + 1, Math.min(performance.now() + READ_MS, deadline))
  const told = await apps.run(READ, input, until).catch(() => null)
  if (told !== null) return JSON.parse(told) as Told
  throw new StepFailure('broken', {
    expected: 'an answer that can be read',
    received: `${reply.body.length} characters that took too long to read:\n${reply.body.slice(0, 400)}`,
    sent: reply.sent,
    cut: true,
  })
}

/** In a worker. */
export const readAsked = ({ asked = '{}', reply = '{}' }: Readonly<Record<string, string>>): Told =>
  readNow(JSON.parse(asked), JSON.parse(reply))

const NO_COOKIES: CookieJar = { take() {}, header: () => '', value: () => undefined, copy: () => NO_COOKIES }

function readNow({ expect, capture = {} }: Asked, reply: Reply): Told {
  const json = lazyJson(reply)
  const captured: Record<string, unknown> = {}
  try {
    if (expect) meet(expect, reply, json)
    for (const [name, one] of Object.entries(capture))
      captured[name] = captureFrom(name, one, reply, json, NO_COOKIES)
    return { captured, failure: null }
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    const { kind, expected, received, sent, cut } = error
    return { captured, failure: { kind, expected, received, sent, cut } }
  }
}
