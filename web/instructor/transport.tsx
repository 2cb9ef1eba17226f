import { Pause, Play, Square } from 'lucide-react'
import type { ExerciseView } from '#exercise/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { useTime } from '../kit/use-time.ts'

/** Start, pause, resume, end; exercise time beside wall time. What ends or stops for everybody is asked about once more. */
export function Transport({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const time = useTime()
  const share = view.durationMs > 0 ? Math.min(1, view.atMs / view.durationMs) : 0
  const phase = view.phases.find((known) => known.now)
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
        {view.speed !== 1 && (
          <span>
            <span className="soft small">{say('transport.speed')}</span>
            <b className="num">{say('transport.times', { n: view.speed })}</b>
          </span>
        )}
        <span>
          <span className="soft small">{say(`pulse.${view.phase}`)}</span>
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
          <button
            type="button"
            className="button"
            disabled={busy || view.phase !== 'running'}
            onClick={() =>
              void send({ type: 'pause-exercise', data: { reason: say('transport.pause.reason') } })
            }
          >
            <Pause aria-hidden="true" size="1.1em" />
            {say('transport.pause')}
          </button>
        )}
        <ConfirmButton
          className="danger"
          disabled={busy || (view.phase !== 'running' && view.phase !== 'paused')}
          label={
            <>
              <Square aria-hidden="true" size="1.1em" />
              {say('transport.end')}
            </>
          }
          title={say('transport.end.title')}
          text={say('transport.end.text')}
          yes={say('transport.end.yes')}
          onYes={() => void send({ type: 'end-exercise', data: { reason: say('transport.end.reason') } })}
        />
      </div>
      <div className="transport-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
        {view.durationMs > 0 &&
          view.phases.map((one) => (
            <i key={one.id} style={{ insetInlineStart: `${(one.fromMs / view.durationMs) * 100}%` }} />
          ))}
      </div>
      <RefusalText refusal={refusal} />
    </section>
  )
}
