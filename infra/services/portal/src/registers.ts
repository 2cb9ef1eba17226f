import type { Lang } from '../../kit/html.ts'
import type { XroadCall, XroadClient } from '../../kit/xroad-client.ts'

/** What a register answered, or that it could not be asked. These two are never mixed up: silence is not "nothing there". */
export type Answer<T> =
  | { readonly asked: true; readonly value: T }
  | { readonly asked: false; readonly why: string }

export interface PersonData {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly address: string | null
  readonly municipality: string | null
  readonly phone: string
}

export interface Relative {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly tie: string
}

export interface TaxReturn {
  readonly id: number
  readonly year: number
  readonly state: string
  readonly refund: number | null
}

export interface Usage {
  readonly logtime: string
  readonly action: string
  readonly receiverCode: string
  readonly receiverName: string
  readonly receiverSystem: string
}

export interface Usages {
  readonly total: number
  readonly usages: readonly Usage[]
}

/** On whose behalf a register is asked, and why. */
export interface Asker {
  readonly user: string
  readonly issue?: string
}

async function ask<T>(
  xroad: XroadClient,
  call: XroadCall,
  read: (body: Record<string, unknown>) => T,
): Promise<Answer<T>> {
  try {
    const reply = await soon(xroad(call))
    if (reply.status === 200) return { asked: true, value: read(Object(reply.json())) }
    return { asked: false, why: `${reply.status} ${reply.xroadError ?? ''}`.trim() }
  } catch (error) {
    console.error(`${call.service}: ${String(error)}`)
    return { asked: false, why: 'no answer' }
  }
}

/** A register that keeps people waiting is as good as silent: the page comes without it. */
const PATIENCE_MS = 3000

function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

export const personData = (xroad: XroadClient, asker: Asker, code: string): Promise<Answer<PersonData>> =>
  ask(
    xroad,
    { service: 'population/persons', path: `/${code}`, ...asker },
    (body) => body as unknown as PersonData,
  )

export const familyOf = (
  xroad: XroadClient,
  asker: Asker,
  code: string,
): Promise<Answer<readonly Relative[]>> =>
  ask(
    xroad,
    { service: 'population/persons', path: `/${code}/family`, ...asker },
    ({ relatives }) => relatives as Relative[],
  )

export const taxReturns = (
  xroad: XroadClient,
  asker: Asker,
  code: string,
): Promise<Answer<readonly TaxReturn[]>> =>
  ask(
    xroad,
    { service: 'tax/declarations', path: `/${code}`, ...asker },
    ({ declarations }) => declarations as TaxReturn[],
  )

/** Who used data about `code` in one register, newest first (Data Tracker interface 2.x). */
export function findUsage(
  xroad: XroadClient,
  register: string,
  asker: Asker,
  code: string,
  { lang, from }: { readonly lang: Lang; readonly from?: string | undefined },
): Promise<Answer<Usages>> {
  const since = from ? `&periodStart=${encodeURIComponent(from)}` : ''
  const path = `/v2/findUsage?userCode=EE${code}&limit=100${since}`
  return ask(xroad, { service: `${register}/findUsage`, path, acceptLanguage: lang, ...asker }, (body) => ({
    total: Number(body.totalUsages),
    usages: body.usages as Usage[],
  }))
}
