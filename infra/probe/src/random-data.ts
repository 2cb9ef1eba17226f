import { iban } from '../../services/kit/nation/codes.ts'
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES } from '../../services/kit/nation/names.ts'
import { randomStream } from '../../services/kit/nation/random.ts'

const SENTENCES = [
  'Palun saatke vastus e-postiga, aitäh!',
  "It's 100% correct; see O'Connor & Sons <2025>.",
  'お知らせをありがとうございます。',
  'Kas „jutumärgid“ ja "quotes" töötavad?',
  'Сумма верна, спасибо.',
  'Line one\tand a tab, C:\\path\\file.txt',
  'naïve café Žürii ÕÄÖÜ õäöü šž',
  '1; 2 -- not a comment /* really */',
] as const

/** Legal but awkward input, a new draw each time a template asks, so that a step that needs a value again captures it from what the
 * service gave back. */
export function openRandomData(runSeed: string): (kind: string) => string | number | undefined {
  const next = randomStream(`data/${runSeed}`)
  const int = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T
  const hex = (digits: number) => Array.from({ length: digits }, () => int(16).toString(16)).join('')
  const kinds: Readonly<Record<string, () => string | number>> = {
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
    int: () => 1 + int(9_999),
    hex: () => hex(16),
    name: () => `${pick([...MALE_NAMES, ...FEMALE_NAMES])} ${pick(FAMILY_NAMES)}`,
    text: () => `${pick(SENTENCES)} ${hex(6)}`,
    iban: () => iban(`77${String(int(99_999_999)).padStart(8, '0')}${String(int(999_999)).padStart(6, '0')}`),
    email: () => `kodanik+${hex(8)}@post.meremaa.example`,
  }
  return (kind) => kinds[kind]?.()
}
