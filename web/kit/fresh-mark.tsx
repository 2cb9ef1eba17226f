import { Award } from 'lucide-react'
import type { AppealSubject } from '#exercise/ledger/people-events.ts'
import { useFresh, useReadGrades } from './fresh-grades.ts'
import { useSay } from './i18n/use-say.ts'

/** On a tab: how many grades and answers to appeals nobody here has looked at. It waits, and hurries nobody. */
export function FreshCount({ team, kind }: { readonly team: string; readonly kind: AppealSubject['kind'] }) {
  const say = useSay()
  const count = useFresh(team).filter(({ subject }) => subject.kind === kind).length
  if (count === 0) return null
  return (
    <span className="tab-fresh num">
      <Award aria-hidden="true" size="1em" />
      <span aria-hidden="true">{count}</span>
      <span className="hidden">{say('fresh.count', { count })}</span>
    </span>
  )
}

/** In a list: that there is one. */
export function FreshMark({ team, kind, id }: { readonly team: string } & AppealSubject) {
  const say = useSay()
  const fresh = useFresh(team).find(({ subject }) => subject.kind === kind && subject.id === id)
  if (!fresh) return null
  return <b className="fresh-mark">{say(fresh.appeal ? 'fresh.markAppeal' : 'fresh.mark')}</b>
}

/** Nothing to see: where it stands, all of a kind has been looked at. */
export function ReadGrades({ team, kind }: { readonly team: string; readonly kind: AppealSubject['kind'] }) {
  useReadGrades(team, kind)
  return null
}
