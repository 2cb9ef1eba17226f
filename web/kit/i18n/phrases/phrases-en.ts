import type { Phrases } from './phrases.ts'

export const phrasesEn: Phrases = {
  sentences: (said) => said.join(' '),
  head: (name) => `${name}: `,
  remarks: (said) => said.join(', '),
  bracketed: (text, why) => `${text} (${why})`,
  where(here, total, count) {
    if (count.here === 0) return `in none of ${total} countries`
    if (count.here < count.total) return `in ${here} of ${total} countries`
    return count.total === 2 ? 'in both countries' : `in all ${total} countries`
  },
  unanswered(here, total, count) {
    if (count.here === 0) return count.total === 1 ? 'the team has answered' : 'all teams have answered'
    if (count.here === count.total)
      return count.total === 1 ? 'the team has yet to answer' : 'no team has answered yet'
    return `${here} of ${total} teams ${count.here === 1 ? 'has' : 'have'} yet to answer`
  },
}
