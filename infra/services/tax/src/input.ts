/** What a citizen may change in a draft. The rest is what employers and the state reported. */
export type Changes = Partial<Record<'training' | 'donations' | 'interest', number> & { note: string }>

const AMOUNTS = ['training', 'donations', 'interest'] as const
const MOST_EUROS = 1_000_000
const LONGEST_NOTE = 2000

/** Takes the changeable fields out of a form or JSON body, and nothing else. Null when one of them is no amount or text. */
export function readChanges(body: Readonly<Record<string, unknown>>): Changes | null {
  const changes: Changes = {}
  for (const name of AMOUNTS) {
    if (body[name] === undefined) continue
    const amount = readAmount(body[name])
    if (amount === null) return null
    changes[name] = amount
  }
  if (body.note !== undefined) {
    if (typeof body.note !== 'string' || body.note.length > LONGEST_NOTE) return null
    changes.note = body.note
  }
  return changes
}

/** Euros, not negative, cents at most; null when it is none. Accepts a comma as in "12,50". */
export function readAmount(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).trim().replace(',', '.')
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(text)) return null
  const amount = Number(text)
  return amount <= MOST_EUROS ? amount : null
}
