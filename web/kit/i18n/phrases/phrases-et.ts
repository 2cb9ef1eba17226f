import type { Phrases } from './phrases.ts'

/** `24-st` does not break at its hyphen. */
const of = (total: string) => `${total}\u2060-\u2060st`

/** A number takes the case of its noun, and the whole of which it is a part stands after both: `2 riigis 24-st`. */
export const phrasesEt: Phrases = {
  sentences: (said) => said.join(' '),
  head: (name) => `${name}: `,
  remarks: (said) => said.join(', '),
  bracketed: (text, why) => `${text} (${why})`,
  where(here, total, count) {
    if (count.here === 0) return 'mitte üheski riigis'
    if (count.here < count.total) return `${here} riigis ${of(total)}`
    return count.total === 2 ? 'mõlemas riigis' : `kõigis ${total} riigis`
  },
  unanswered(here, total, count) {
    if (count.here === 0) return count.total === 1 ? 'meeskond on vastanud' : 'kõik meeskonnad on vastanud'
    if (count.here === count.total)
      return count.total === 1 ? 'meeskond ei ole veel vastanud' : 'ükski meeskond ei ole veel vastanud'
    return `${here} ${count.here === 1 ? 'meeskond' : 'meeskonda'} ${of(total)} ei ole veel vastanud`
  },
}
