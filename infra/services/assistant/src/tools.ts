import type { Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadCall, XroadClient } from '../../kit/xroad-client.ts'
import { findingsIn } from './findings.ts'
import { textsOf } from './texts.ts'

/** What the assistant can do for a citizen, over X-Road and on their own behalf. */
export const TOOLS = ['my-address', 'tax-state', 'move-house'] as const
export type ToolName = (typeof TOOLS)[number]
export type Fields = Readonly<Record<string, string>>

interface Tool {
  /** What must be filled in, in the order of the form. */
  readonly fields: readonly string[]
  /** The one call that is made when the citizen confirms. */
  call(code: string, fields: Fields): XroadCall
  /** What is said when it succeeded. */
  report(lang: Lang, body: unknown): string
}

const LONGEST = 200

const tools: Readonly<Record<ToolName, Tool>> = {
  'my-address': {
    fields: [],
    call: (code) => ({ service: 'population/persons', path: `/${code}` }),
    report: (lang, body) => findingsIn(lang).residence(Object(body)),
  },
  'tax-state': {
    fields: [],
    call: (code) => ({ service: 'tax/declarations', path: `/${code}` }),
    report(lang, body) {
      const [latest] = Object(body).declarations ?? []
      return latest ? findingsIn(lang).taxReturn(latest) : findingsIn(lang).noReturn
    },
  },
  'move-house': {
    fields: ['address', 'municipality', 'validFrom'],
    call: (code, { address, municipality, validFrom }) => ({
      service: 'population/persons',
      path: `/${code}/residence`,
      method: 'POST',
      json: { address, municipality, validFrom },
    }),
    report: (lang, body) => findingsIn(lang).moved(Object(body)),
  },
}

export const toolOf = (name: unknown): ToolName | undefined => TOOLS.find((tool) => tool === name)
export const fieldsOf = (tool: ToolName): readonly string[] => tools[tool].fields

/** The tool's fields out of what was sent, and nothing else; null when one is missing or no text of a line. */
export function readFields(tool: ToolName, given: Readonly<Record<string, unknown>>): Fields | null {
  const fields: Record<string, string> = {}
  for (const name of tools[tool].fields) {
    const value = given[name]
    if (typeof value !== 'string' || value.trim().length < 2 || value.length > LONGEST) return null
    if (/\p{Cc}/u.test(value)) return null
    fields[name] = value.trim()
  }
  const { validFrom } = fields
  if (validFrom !== undefined && !/^\d{4}-\d\d-\d\d$/.test(validFrom)) return null
  return fields
}

/** What the tool will do, so that the citizen knows before confirming: the service, the person and each value. */
export function describe(tool: ToolName, session: Pick<Session, 'code'>, fields: Fields): readonly string[] {
  const { service, path = '', method = 'GET' } = tools[tool].call(session.code, fields)
  return [
    `${method} ${service}${path}`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
  ]
}

/** Does it, for the person of the session. `said` is for the conversation. */
export async function run(
  xroad: XroadClient,
  lang: Lang,
  tool: ToolName,
  session: Pick<Session, 'code'>,
  fields: Fields,
): Promise<{ readonly done: boolean; readonly said: string }> {
  const { call, report } = tools[tool]
  const user = session.code
  try {
    const reply = await xroad({ ...call(user, fields), user })
    if (reply.status < 300) return { done: true, said: report(lang, reply.json()) }
    console.error(`${tool} refused: ${reply.status} ${reply.xroadError ?? ''}`)
    return { done: false, said: reply.status < 500 ? textsOf(lang).toolRefused : textsOf(lang).toolSilent }
  } catch (error) {
    console.error(`${tool} failed: ${String(error)}`)
    return { done: false, said: textsOf(lang).toolSilent }
  }
}
