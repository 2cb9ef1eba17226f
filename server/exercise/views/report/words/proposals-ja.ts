import { formatsOf, spanText } from '../../../scenario/formats.ts'
import type { Proposal } from '../proposals.ts'

const n = (value: number) => formatsOf('ja').whole.format(value)

/** Who did not do something. */
const without = ({ n: some, of }: Proposal, did: string): string => {
  if (of === 1) return `チームは${did}。`
  return some === of ? `${n(of)}チームのいずれも${did}。` : `${n(of)}チーム中${n(some)}チームが${did}。`
}

/** Findings in Japanese. */
export function proposalJa(found: Proposal, title: string, fastest: string): string {
  const { code, of } = found
  switch (code) {
    case 'unreported':
      return `${title}：${without(found, '攻撃を報告しませんでした')}`
    case 'late':
      return `${title}：${without(found, '期限内に回答しませんでした')}`
    case 'not-met':
      return `目標は達成されませんでした：${title}（${n(of)}件中${n(found.n)}件）`
    case 'met':
      return `目標を達成しました：${title}（${n(of)}件中${n(found.n)}件）`
    case 'blocked':
      return `${title}：${of === 1 ? 'チーム' : `${n(of)}チームすべて`}が攻撃を阻止しました。`
    case 'fastest':
      return `${title}：チーム${fastest}は${spanText('ja', found.fastest?.ms ?? 0)}で攻撃者を排除しました。ほかのチームの中央値は${spanText('ja', found.fastest?.othersMs ?? 0)}です。`
    default:
      return `${title}：${without(found, '攻撃者を排除しませんでした')}`
  }
}
