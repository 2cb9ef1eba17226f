import { formatsOf, spanText } from '../../../scenario/formats.ts'
import type { Proposal } from '../proposals.ts'

const n = (value: number) => formatsOf('en').whole.format(value)

/** Who did not do something: the verb after `did not`, and in the past. */
const without = ({ n: some, of }: Proposal, infinitive: string, past: string): string => {
  if (of === 1) return `the only team did not ${infinitive}.`
  return some === of
    ? `none of ${n(of)} teams ${past}.`
    : `${n(some)} of ${n(of)} teams did not ${infinitive}.`
}
const whole = (of: number): string =>
  of === 1 ? 'the only team' : of === 2 ? 'both teams' : `all ${n(of)} teams`

/** Findings in English; those about entries that fell flat are said as everywhere. */
export function proposalEn(found: Proposal, title: string, fastest: string): string {
  const { code, of } = found
  switch (code) {
    case 'unreported':
      return `${title}: ${without(found, 'report the attack', 'reported the attack')}`
    case 'late':
      return `${title}: ${without(found, 'answer in time', 'answered in time')}`
    case 'not-met':
      return `The objective was not met: ${title} (in ${n(found.n)} of ${n(of)} cases).`
    case 'met':
      return `The objective was met: ${title} (in ${n(found.n)} of ${n(of)} cases).`
    case 'blocked':
      return `${title}: ${whole(of)} blocked the attack.`
    case 'fastest':
      return `${title}: team ${fastest} removed the attackers in ${spanText('en', found.fastest?.ms ?? 0)}; the median of the others is ${spanText('en', found.fastest?.othersMs ?? 0)}.`
    default:
      return `${title}: ${without(found, 'remove the attackers', 'removed the attackers')}`
  }
}
