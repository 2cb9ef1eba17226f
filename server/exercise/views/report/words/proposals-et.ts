import { formatsOf, spanText } from '../../../scenario/formats.ts'
import type { Proposal } from '../proposals.ts'

const n = (value: number) => formatsOf('et').whole.format(value)

/** Who did not do something. */
const without = ({ n: some, of }: Proposal, did: string): string => {
  if (of === 1) return `Ainus meeskond ${did}.`
  return some === of ? `Ükski ${n(of)} meeskonnast ${did}.` : `${n(of)} meeskonnast ${n(some)} ${did}.`
}
const whole = (of: number): string =>
  of === 1
    ? 'ainus meeskond tõrjus'
    : `${of === 2 ? 'mõlemad meeskonnad' : `kõik ${n(of)} meeskonda`} tõrjusid`

/** Findings in Estonian. */
export function proposalEt(found: Proposal, title: string, fastest: string): string {
  const { code, of } = found
  switch (code) {
    case 'unreported':
      return `${title}. ${without(found, 'ei teatanud rünnakust')}`
    case 'late':
      return `${title}. ${without(found, 'ei vastanud õigel ajal')}`
    case 'not-met':
      return `Eesmärk jäi täitmata: ${title} (${n(of)} juhust ${n(found.n)}).`
    case 'met':
      return `Eesmärk sai täidetud: ${title} (${n(of)} juhust ${n(found.n)}).`
    case 'blocked':
      return `${title}: ${whole(of)} rünnaku.`
    case 'fastest':
      return `${title}. Meeskonnal ${fastest} kulus ründajate eemaldamiseks ${spanText('et', found.fastest?.ms ?? 0)}, teiste mediaan on ${spanText('et', found.fastest?.othersMs ?? 0)}.`
    default:
      return `${title}. ${without(found, 'ei eemaldanud ründajaid')}`
  }
}
