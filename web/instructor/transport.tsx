import { FastForward, Pause, Play, Square, SquareTerminal } from 'lucide-react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { toBegin } from '#exercise/decide/decision.ts'
import { mayPrepare, standsStill } from '#exercise/decide/typing.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useFeedState, useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { useTime } from '../kit/use-time.ts'
import { PlannedStart } from './planned-start.tsx'
import { isStrained, StrainWarning } from './strain-warning.tsx'
import './transport.css'

/** Exercise seconds per second that are offered, besides the one that is. */
const SPEEDS = [0.5, 1, 2, 4, 8]

/** Start, pause, resume, skip, speed, end; exercise time beside wall time. What ends or stops for everybody is asked about once more. */
export function Transport({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const state = useExerciseState()
  const time = useTime()
  const replay = useFeedState((feed) => feed.replay)
  const share = view.durationMs > 0 ? Math.min(1, view.atMs / view.durationMs) : 0
  const standing = view.phase === 'running' || view.phase === 'paused'
  const phase = view.phases.find((known) => known.now)
  const preparing = standsStill(state) && mayPrepare(state)
  return (
    <section className="transport card" aria-label={say('transport.title')}>
      <div className="transport-clocks">
        <span>
          <span className="soft small">{say('transport.exercise')}</span>
          <b className="num">{say.clock(view.atMs)}</b>
        </span>
        <span>
          <span className="soft small">{say('transport.wall')}</span>
          <b className="num">{time}</b>
        </span>
        <label className="field">
          <span className="soft small">{say('transport.speed')}</span>
          <select
            className="num"
            value={view.speed}
            disabled={busy || !(standing || view.phase === 'ready')}
            onChange={(event) =>
              void send({ type: 'change-speed', data: { speed: Number(event.target.value) } })
            }
          >
            {[...new Set([...SPEEDS, view.speed])]
              .toSorted((a, b) => a - b)
              .map((speed) => (
                <option key={speed} value={speed}>
                  {say('transport.times', { n: speed })}
                </option>
              ))}
          </select>
        </label>
        <span>
          {isStrained(view) ? (
            <StrainWarning view={view} />
          ) : (
            <span className="soft small">{say(replay ? 'pulse.replay' : `pulse.${view.phase}`)}</span>
          )}
          <b>{phase ? say.text(phase.title) : '–'}</b>
        </span>
      </div>
      <div className="transport-buttons">
        <button
          type="button"
          className="button primary"
          disabled={busy || view.phase !== 'ready'}
          onClick={() => void send({ type: 'start-exercise', data: {} })}
        >
          <Play aria-hidden="true" size="1.1em" />
          {say('transport.start')}
        </button>
        {view.phase === 'paused' ? (
          <button
            type="button"
            className="button primary"
            disabled={busy}
            onClick={() => void send({ type: 'resume-exercise', data: {} })}
          >
            <Play aria-hidden="true" size="1.1em" />
            {say('transport.resume')}
          </button>
        ) : (
          <ConfirmButton
            className=""
            disabled={busy || view.phase !== 'running'}
            label={
              <>
                <Pause aria-hidden="true" size="1.1em" />
                {say('transport.pause')}
              </>
            }
            title={say('transport.pause.title')}
            text={say('transport.pause.text')}
            ask={say('transport.pause.reason')}
            yes={say('transport.pause.yes')}
            onYes={(reason) => void send({ type: 'pause-exercise', data: { reason } })}
          />
        )}
        <button
          type="button"
          className="button"
          disabled={busy || !standsStill(state)}
          onClick={() => void send({ type: 'change-preparation', data: { open: !preparing } })}
        >
          <SquareTerminal aria-hidden="true" size="1.1em" />
          {say(preparing ? 'transport.prepare.close' : 'transport.prepare.open')}
        </button>
        <button
          type="button"
          className="button"
          disabled={busy || view.skipToMs === null}
          onClick={() =>
            view.skipToMs !== null && void send({ type: 'skip-quiet-time', data: { toMs: view.skipToMs } })
          }
        >
          <FastForward aria-hidden="true" size="1.1em" />
          {view.skipToMs === null
            ? say('transport.skip')
            : say('transport.skip.to', { clock: say.clock(view.skipToMs) })}
        </button>
        <ConfirmButton
          className="danger"
          disabled={busy || !(standing || toBegin(view))}
          label={
            <>
              <Square aria-hidden="true" size="1.1em" />
              {say('transport.end')}
            </>
          }
          title={say('transport.end.title')}
          text={say('transport.end.text')}
          ask={say('transport.pause.reason')}
          final
          yes={say('transport.end.yes')}
          onYes={(words) =>
            void send({ type: 'end-exercise', data: { reason: words || say('transport.end.reason') } })
          }
        />
      </div>
      {toBegin(view) && !replay && <PlannedStart />}
      <div className="transport-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
        {view.durationMs > 0 &&
          view.phases.map((one) => (
            <i key={one.id} style={{ insetInlineStart: `${(one.fromMs / view.durationMs) * 100}%` }} />
          ))}
      </div>
      <RefusalText refusal={refusal && withTeamName(refusal, view, say)} />
    </section>
  )
}

function withTeamName(refusal: Refusal, { teams }: ExerciseView, say: Say): Refusal {
  const team = teams.find(({ id }) => id === refusal.params.team)
  return team ? { ...refusal, params: { ...refusal.params, team: say.text(team.name) } } : refusal
}
