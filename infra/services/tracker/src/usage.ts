import { type Answer, answered, askRegister } from '../../kit/ask-register.ts'
import type { Database } from '../../kit/database.ts'
import { mayActFor } from '../../kit/family.ts'
import { MEMBERS, type SubsystemName } from '../../kit/members.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Registers } from './registers.ts'
import { reportsAbout } from './reports.ts'
import type { Question, RegisterUsage, Usage, Usages } from './usages.ts'

/** What all routes work with. */
export interface Tracker {
  readonly db: Database
  readonly xroad: XroadClient
  readonly registers: Registers
}

/** Who looks at a page waits no longer for a register than this. */
const PATIENCE_MS = 2500

/**
 * Who looked at data about `of`, register by register: each is asked live in the name of `user`, and nothing is kept. Null when `user` has no
 * right to know: people see their own usage, and that of their children under age and of their wards. Empty when there is no register `only`.
 */
export async function usageOf(
  tracker: Tracker,
  user: string,
  question: Question,
): Promise<readonly RegisterUsage[] | null> {
  const { db, xroad } = tracker
  if (!(await mayActFor(xroad, user, question.of))) return null
  const all = [...(await tracker.registers()), 'tracker'] as const
  const registers = all.filter((register) => !question.only || register === question.only)
  return Promise.all(
    registers.map((register) =>
      answerOf(register, question, () =>
        register === 'tracker' ? reportsAbout(db, question) : journalOf(xroad, register, user, question),
      ),
    ),
  )
}

async function answerOf(
  register: SubsystemName,
  { lang }: Question,
  ask: () => Promise<Answer<Usages>>,
): Promise<RegisterUsage> {
  const answer = await answered(register, ask, PATIENCE_MS)
  return { register, name: MEMBERS[register].name[lang], answer }
}

/** Registers give a thousand rows at once. */
const PAGE = 1000

async function journalOf(
  xroad: XroadClient,
  register: SubsystemName,
  user: string,
  { of, from, to, limit, lang }: Question,
): Promise<Answer<Usages>> {
  const usages: Usage[] = []
  for (let total = 0; ; ) {
    const query = new URLSearchParams({ userCode: `EE${of}`, offset: String(usages.length) })
    query.set('limit', String(Math.min(limit - usages.length, PAGE)))
    if (from) query.set('periodStart', from)
    if (to) query.set('periodEnd', to)
    const call = {
      service: `${register}/findUsage`,
      path: `/v2/findUsage?${query}`,
      user,
      acceptLanguage: lang,
    }
    const page = await askRegister(xroad, call, readUsages, PATIENCE_MS)
    if (!page.asked) return page
    total = page.value.total
    usages.push(...page.value.usages)
    if (page.value.usages.length === 0 || usages.length >= Math.min(total, limit))
      return { asked: true, value: { total, usages } }
  }
}

/** An answer that is not of the interface is no answer. */
function readUsages({ totalUsages, usages }: Record<string, unknown>): Usages {
  if (typeof totalUsages !== 'number' || !Array.isArray(usages) || !usages.every(isUsage))
    throw new Error('the answer is not that of findUsage')
  return { total: totalUsages, usages }
}

function isUsage(row: unknown): row is Usage {
  const { logtime, action, receiverCode, receiverSystem } = Object(row)
  return (
    [action, receiverCode, receiverSystem].every((text) => typeof text === 'string') &&
    !Number.isNaN(Date.parse(logtime))
  )
}
