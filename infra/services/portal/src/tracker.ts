import { type Answer, askRegister } from '../../kit/ask-register.ts'
import type { Lang } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'

/** One use of a person's data (Data Tracker interface 2.x). */
export interface Usage {
  readonly logtime: string
  readonly action: string
  readonly receiverCode: string
  readonly receiverName: string
  readonly receiverSystem: string
}

/** What the Data Tracker says about one register; a silent one is named with the reason. */
export type RegisterUsage = { readonly register: string; readonly name: string } & (
  | { readonly asked: true; readonly total: number; readonly usages: readonly Usage[] }
  | { readonly asked: false; readonly why: string }
)

/**
 * Who looked at data about `of`, asked at the Data Tracker in the name of `user`; nothing is kept here. Null when `user` has no mandate, which
 * the Data Tracker decides. `from`: not before this moment.
 */
export async function usageOf(
  xroad: XroadClient,
  user: string,
  of: string,
  { lang, from }: { readonly lang: Lang; readonly from?: string | undefined },
): Promise<Answer<readonly RegisterUsage[]> | null> {
  const since = from ? `?from=${encodeURIComponent(from)}` : ''
  const call = { service: 'tracker/usages', path: `/${of}${since}`, user, acceptLanguage: lang }
  const answer = await askRegister(xroad, call, ({ registers }) => registers as RegisterUsage[], PATIENCE_MS)
  return !answer.asked && answer.why.startsWith('403') ? null : answer
}

/** The Data Tracker itself waits for registers that are late. */
const PATIENCE_MS = 6000
