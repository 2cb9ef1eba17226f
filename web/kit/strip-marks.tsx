import type { ServiceMark } from '#exercise/fold/small-state.ts'
import type { OwnEdit } from '#exercise/fold/team-acts.ts'
import { actorName } from './actor-name.ts'
import { isolated, useSay } from './i18n/use-say.ts'
import './strip-marks.css'

/** A container that starts, and what runs in it that answers, are one restart; so is one that was asked for in the editor. ms */
const ONE_MS = 20_000
/** So many are said in words. */
const SAID = 3

/** When a service came back: one moment for each restart, without those of `edits`. */
export function restartsOf(
  marks: readonly ServiceMark[],
  edits: readonly Pick<OwnEdit, 'kind' | 'atMs'>[] = [],
): readonly number[] {
  const own = edits.filter(({ kind }) => kind === 'restarted').map(({ atMs }) => atMs)
  const back: number[] = []
  for (const { atMs, what } of marks)
    if (
      what !== 'died' &&
      atMs - (back.at(-1) ?? Number.NEGATIVE_INFINITY) > ONE_MS &&
      !own.some((askedMs) => atMs >= askedMs && atMs - askedMs <= ONE_MS)
    )
      back.push(atMs)
  return back
}

/** Restarts of a service and what was done to its sources, as marks under its strip and, the latest of them, in words. Nothing where there was nothing. */
export function StripMarks(props: {
  readonly marks: readonly ServiceMark[]
  readonly edits: readonly OwnEdit[]
  readonly window: readonly [fromMs: number, toMs: number]
}) {
  const say = useSay()
  const [fromMs, toMs] = props.window
  const isShown = (atMs: number) => atMs >= fromMs && atMs <= toMs
  const restarts = restartsOf(props.marks, props.edits).filter(isShown)
  const edits = props.edits.filter(({ atMs }) => isShown(atMs))
  if (restarts.length + edits.length === 0) return null
  const words = ({ kind, file, by }: OwnEdit) =>
    say(`strip.edit.${kind}`, { who: actorName(say, by), file: isolated(file) })
  const at = (atMs: number) => ({ insetInlineStart: `${((atMs - fromMs) / (toMs - fromMs)) * 100}%` })
  return (
    <div className="strip-marks">
      <div className="strip-ticks" aria-hidden="true">
        {restarts.map((atMs) => (
          <span key={atMs} title={say.clock(atMs)} style={at(atMs)} />
        ))}
        {edits.map((edit) => (
          <span
            key={edit.position}
            className={`strip-${edit.kind}`}
            title={`${say.clock(edit.atMs)} ${words(edit)}`}
            style={at(edit.atMs)}
          />
        ))}
      </div>
      {restarts.length > 0 && (
        <p className="soft small num">
          {say('strip.restarts', { times: say.list(restarts.slice(-SAID).map((atMs) => say.clock(atMs))) })}
        </p>
      )}
      {edits.length > 0 && (
        <ul className="strip-edits soft small" aria-label={say('strip.edits')}>
          {edits
            .slice(-SAID)
            .toReversed()
            .map((edit) => (
              <li key={edit.position}>
                <span className="num">{say.clock(edit.atMs)}</span> {words(edit)}
              </li>
            ))}
        </ul>
      )}
    </div>
  )
}
