/** Attacks of one class on a team, by what they are classed by: of OWASP Top 10 and of ATT&CK or ATLAS. */
export interface WeaknessClass {
  /** `A01` or `T1190`. */
  readonly id: string
  readonly kind: 'owasp' | 'technique'
  /** Where it is explained. */
  readonly href: string
  readonly judged: number
  readonly landed: number
}

interface Classed {
  readonly technique: string
  readonly owasp: string
  readonly state: string
}

const namedClasses = ({ technique, owasp }: Pick<Classed, 'technique' | 'owasp'>) =>
  (
    [
      ['owasp', owasp],
      ['technique', technique],
    ] as const
  ).filter(([, id]) => id !== '')

/** The classes of an attack that are named, that of OWASP first. */
export const classIds = (attack: Pick<Classed, 'technique' | 'owasp'>): readonly string[] =>
  namedClasses(attack).map(([, id]) => id)

/** What to learn next: classes of attacks that were judged, those that landed most first. Nothing of attacks whose class is not named. */
export function weaknessClasses(attacks: readonly Classed[]): readonly WeaknessClass[] {
  const found = new Map<string, WeaknessClass>()
  for (const { technique, owasp, state } of attacks)
    for (const [kind, id] of namedClasses({ technique, owasp })) {
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
  if (id.startsWith('AML.')) return `https://atlas.mitre.org/techniques/${id}`
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`
}
