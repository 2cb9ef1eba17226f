/**
 * Attacks of one class on a team, by what they are classed by: OWASP Top 10 (https://owasp.org/Top10/2025/), MITRE's Common Weakness Enumeration
 * (https://cwe.mitre.org) and ATT&CK or ATLAS.
 */
export interface WeaknessClass {
  /** `A01`, `CWE-639` or `T1190`. */
  readonly id: string
  readonly kind: 'owasp' | 'cwe' | 'technique'
  /** Where it is explained. */
  readonly href: string
  readonly judged: number
  readonly landed: number
}

interface Classes {
  readonly technique: string
  readonly owasp: string
  readonly cwe?: string
}

interface Classed extends Classes {
  readonly state: string
}

const namedClasses = ({ technique, owasp, cwe = '' }: Classes) =>
  (
    [
      ['owasp', owasp],
      ['cwe', cwe],
      ['technique', technique],
    ] as const
  ).filter(([, id]) => id !== '')

/** The classes of an attack that are named, that of OWASP first. */
export const classIds = (attack: Classes): readonly string[] => namedClasses(attack).map(([, id]) => id)

/** What to learn next: classes of attacks that were judged, those that landed most first. Nothing of attacks whose class is not named. */
export function weaknessClasses(attacks: readonly Classed[]): readonly WeaknessClass[] {
  const found = new Map<string, WeaknessClass>()
  for (const { state, ...classed } of attacks)
    for (const [kind, id] of namedClasses(classed)) {
      const known = found.get(id) ?? { id, kind, href: hrefOf(kind, id), judged: 0, landed: 0 }
      found.set(id, {
        ...known,
        judged: known.judged + 1,
        landed: known.landed + (state === 'landed' ? 1 : 0),
      })
    }
  return [...found.values()].toSorted(
    (a, b) => b.landed - a.landed || b.judged - a.judged || (a.id < b.id ? -1 : 1),
  )
}

function hrefOf(kind: WeaknessClass['kind'], id: string): string {
  if (kind === 'owasp')
    return id.startsWith('LLM') ? 'https://genai.owasp.org/llm-top-10/' : 'https://owasp.org/Top10/2025/'
  if (kind === 'cwe') return `https://cwe.mitre.org/data/definitions/${id.replace('CWE-', '')}.html`
  if (id.startsWith('AML.')) return `https://atlas.mitre.org/techniques/${id}`
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`
}
