import type { Phrases } from './phrases.ts'

/** The whole comes before its part, and nothing stands between sentences. Particles are the texts' own. */
export const phrasesJa: Phrases = {
  sentences: (said) => said.join(''),
  head: (name) => `${name}：`,
  remarks: (said) => said.join('、'),
  bracketed: (text, why) => `${text}（${why}）`,
  where: (here, total, count) =>
    count.here === count.total ? `全${total}か国` : `${total}か国中${here}か国`,
  unanswered(here, total, count) {
    if (count.here === 0) return count.total === 1 ? '回答済み' : '全チームが回答済み'
    if (count.here === count.total) return count.total === 1 ? '未回答' : '全チームが未回答'
    return `${total}チーム中${here}チームが未回答`
  },
}
