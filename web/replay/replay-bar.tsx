import { ChevronsLeft, ChevronsRight, Pause, Play, X } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { seriesAt } from '#exercise/views/series.ts'
import { type TurningPoint, turningPoints } from '#exercise/views/turning-points.ts'
import type { Folded } from '#exercise/wire/folded.ts'
import { type ReplayFeed, SPEEDS } from '../feed/replay-feed.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { turnText } from './turn-text.ts'

/** A second: what one press of an arrow key moves. */
const STEP_MS = 1_000
/** A turning point that is so near is the one that is shown. */
const NEAR_MS = 1_500

/** What moves a replay: play, speed, the moment, and the moments that decided the exercise. */
export function ReplayBar({
  replay,
  whole,
  onLeave,
}: {
  readonly replay: ReplayFeed
  /** What is known of all of it; null until it is known. */
  readonly whole: Folded | null
  readonly onLeave: () => void
}) {
  const say = useSay()
  const { atMs, endMs, playing, speed } = useStore(replay.transport)
  const points = useMemo(
    () =>
      whole?.losses ? turningPoints(whole.state, seriesAt(whole.losses, whole.state, endMs), endMs) : [],
    [whole, endMs],
  )
  const before = points.findLast((one) => one.atMs < atMs - NEAR_MS)
  const after = points.find((one) => one.atMs > atMs + NEAR_MS)
  const here = points.filter((one) => Math.abs(one.atMs - atMs) <= NEAR_MS)
  const label = (one: TurningPoint) =>
    `${say.clock(one.atMs)} ${whole ? turnText(say, whole.state, one) : ''}`
  const jump = (one: TurningPoint | undefined) => one && replay.seek(one.atMs)
  return (
    <section className="replay-bar" aria-label={say('replay.name')}>
      <button
        type="button"
        className="button primary"
        aria-label={say(playing ? 'replay.pause' : 'replay.play')}
        onClick={playing ? replay.pause : replay.play}
      >
        {playing ? <Pause aria-hidden="true" size="1.2em" /> : <Play aria-hidden="true" size="1.2em" />}
      </button>
      <label className="picker">
        <span className="hidden">{say('replay.speed')}</span>
        <select
          value={speed}
          onChange={({ target }) => {
            const chosen = SPEEDS.find((one) => `${one}` === target.value)
            if (chosen) replay.faster(chosen)
          }}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {say('transport.times', { n: one })}
            </option>
          ))}
        </select>
      </label>
      <span className="replay-time num">
        <b>{say.clock(atMs)}</b> <span className="soft">{say('shell.of', { total: say.clock(endMs) })}</span>
      </span>
      <span className="replay-line">
        <input
          type="range"
          min={0}
          max={endMs}
          step={STEP_MS}
          value={Math.round(atMs / STEP_MS) * STEP_MS}
          aria-label={say('replay.moment')}
          aria-valuetext={say.clock(atMs)}
          onChange={({ target }) => replay.seek(Number(target.value))}
        />
        <span className="replay-marks" aria-hidden="true">
          {points.map((one, n) => (
            <i
              key={n}
              className={`mark-${one.kind}`}
              style={{ insetInlineStart: `${(100 * one.atMs) / endMs}%` }}
            />
          ))}
        </span>
      </span>
      <button
        type="button"
        className="button"
        aria-label={say('replay.previous')}
        title={before && label(before)}
        disabled={!before}
        onClick={() => jump(before)}
      >
        <ChevronsLeft aria-hidden="true" size="1.2em" />
      </button>
      <button
        type="button"
        className="button"
        aria-label={say('replay.next')}
        title={after && label(after)}
        disabled={!after}
        onClick={() => jump(after)}
      >
        <ChevronsRight aria-hidden="true" size="1.2em" />
      </button>
      <label className="replay-points picker">
        <span className="hidden">{say('replay.points')}</span>
        <select
          value={here[0] ? points.indexOf(here[0]) : ''}
          disabled={points.length === 0}
          onChange={({ target }) => jump(points[Number(target.value)])}
        >
          <option value="" disabled>
            {say('replay.points.choose', { n: points.length })}
          </option>
          {points.map((one, n) => (
            <option key={n} value={n}>
              {label(one)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" onClick={onLeave}>
        <X aria-hidden="true" size="1.2em" />
        {say('replay.leave')}
      </button>
    </section>
  )
}
