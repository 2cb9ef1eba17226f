import type { XroadCall, XroadClient } from './xroad-client.ts'

/** What a register answered, or that it could not be asked. These two are never mixed up: silence is not "nothing there". */
export type Answer<T> =
  | { readonly asked: true; readonly value: T }
  | { readonly asked: false; readonly why: string }

/** On whose behalf a register is asked, and why. */
export interface Asker {
  readonly user: string
  readonly issue?: string
}

/** A register that keeps people waiting is as good as silent: the page comes without it. */
const PATIENCE_MS = 3000

/** Asks a register over X-Road; never rejects. `read` takes what is needed out of the JSON object of a 200, and throws when it is not there. */
export function askRegister<T>(
  xroad: XroadClient,
  call: XroadCall,
  read: (body: Record<string, unknown>) => T,
  patienceMs = PATIENCE_MS,
): Promise<Answer<T>> {
  const reply = async (): Promise<Answer<T>> => {
    const { status, xroadError, json } = await xroad(call)
    if (status === 200) return { asked: true, value: read(Object(json())) }
    return { asked: false, why: `${status} ${xroadError ?? ''}`.trim() }
  }
  return answered(call.service, reply, patienceMs)
}

/** What `ask` answers within `patienceMs`; a fault or lateness is an answer too: that nobody could be asked. */
export async function answered<T>(
  what: string,
  ask: () => Promise<Answer<T>>,
  patienceMs = PATIENCE_MS,
): Promise<Answer<T>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  })
  try {
    return await Promise.race([ask(), late])
  } catch (error) {
    console.error(`${what}: ${String(error)}`)
    return { asked: false, why: 'no answer' }
  } finally {
    clearTimeout(timer)
  }
}
