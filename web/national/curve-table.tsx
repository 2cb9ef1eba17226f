import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import type { NamedMark } from './curve-marks.ts'

/** What the curve shows, for those who do not see it: when what happened, and how many were without a service then. */
export function CurveTable({
  view,
  marks,
}: {
  readonly view: NationalView
  readonly marks: readonly (NamedMark & { readonly told: string })[]
}) {
  const say = useSay()
  const { curve, peak, atMs, affected } = view
  const peopleAt = (ms: number) => curve.findLast((point) => point.atMs <= ms)?.people ?? 0
  const rows = [
    ...marks.map(({ atMs: at, told }) => ({ at, people: peopleAt(at), told })),
    ...(peak
      ? [
          {
            at: peak.atMs,
            people: peak.people,
            told: say('wall.curve.peak', { n: say.rough(peak.people), time: say.clock(peak.atMs) }),
          },
        ]
      : []),
    { at: atMs, people: affected, told: say('wall.curve.now', { time: say.clock(atMs) }) },
  ].toSorted((a, b) => a.at - b.at)
  return (
    <div className="hidden">
      <table>
        <caption>{say('curve.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('curve.table.time')}</th>
            <th scope="col">{say('curve.table.people')}</th>
            <th scope="col">{say('curve.table.what')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, people, told }) => (
            <tr key={`${at} ${told}`}>
              <td>{say.clock(at)}</td>
              <td>{say.rough(people)}</td>
              <td>{told}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
