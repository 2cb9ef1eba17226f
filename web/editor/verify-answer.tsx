import { useEffect, useRef } from 'react'
import { serviceOf, teamOf } from '#exercise/fold/state.ts'
import { unusable } from '#exercise/fold/verdicts.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { BreachMark, StateChip, StateMark } from '../kit/state-mark.tsx'
import type { Verifying } from './use-verify.ts'

/**
 * What came of the latest restart, beside the text that was changed: verdicts and attackers as the room's own views have them, once each was looked at
 * since.
 */
export function VerifyAnswer(props: {
  readonly team: string
  readonly service: string
  readonly verifying: Verifying
}) {
  const say = useSay()
  const state = useExerciseState()
  const { teams } = useExercise()
  const { looks, restarting, notUp, refusal } = props.verifying
  const team = teams.find(({ id }) => id === props.team)
  const known = serviceOf(teamOf(state, props.team), props.service)
  const titles = team?.services.find(({ id }) => id === props.service)?.journeys ?? []
  const journeys = (looks?.journeys ?? []).flatMap(({ journey, looked }) => {
    const now = known?.journeys.find(({ id }) => id === journey)
    const title = titles.find(({ id }) => id === journey)?.title
    return now && title ? [{ ...now, title, looked }] : []
  })
  const attacks = (looks?.attacks ?? []).flatMap(({ attack, looked }) => {
    const view = team?.attacks.find((one) => one.attack === attack)
    return view ? [{ ...view, looked }] : []
  })
  const all = looks !== null && [...looks.journeys, ...looks.attacks].every(({ looked }) => looked)
  const inside = attacks.filter(({ footholdClosedMs }) => footholdClosedMs === null).length
  const bad = journeys.filter(({ verdict }) => unusable(verdict)).length
  const unknown = journeys.filter(({ verdict }) => verdict === 'unknown').length
  const box = useRef<HTMLDivElement>(null)
  const ended = all && journeys.length > 0
  // Whoever pressed looks for what comes of it.
  useEffect(() => {
    if (restarting) box.current?.scrollIntoView({ block: 'nearest' })
  }, [restarting])
  return (
    <div className="code-answer" ref={box}>
      <p role="status" className={restarting ? 'soft' : ended ? 'code-told' : 'hidden'}>
        {restarting && say('editor.restarting')}
        {!restarting && ended && (
          <>
            {(bad > 0 || unknown === 0) && `${say('editor.told', { count: bad })} `}
            {unknown > 0 && `${say('editor.unmeasured', { count: unknown })} `}
            {attacks.length > 0 && <b>{say('editor.attackersLeft', { count: inside })}</b>}
          </>
        )}
      </p>
      <RefusalText refusal={refusal} />
      {notUp !== null && (
        <div role="alert">
          <p className="refusal">{say('editor.notUp')}</p>
          <pre className="code-said" lang="en">
            {notUp}
          </pre>
        </div>
      )}
      {looks?.askedMs != null && journeys.length > 0 && (
        <section className="card" aria-labelledby="code-answer">
          <h3 id="code-answer" className="num">
            {say('editor.answer', { time: say.clock(looks.askedMs) })}
          </h3>
          {!all && state.phase !== 'running' && <p className="soft">{say('editor.waits')}</p>}
          <div className="code-looks">
            <div>
              <h4>{say('editor.journeys')}</h4>
              <ul>
                {journeys.map(({ id, title, looked, verdict, evidence }) => (
                  <li key={id}>
                    <span className="code-look">
                      <span>{say.text(title)}</span>
                      {looked ? (
                        <StateChip verdict={verdict} wording="exact" />
                      ) : (
                        <Checking words={say('editor.checking')} />
                      )}
                    </span>
                    {looked && evidence && unusable(verdict) && <EvidenceBox evidence={evidence} />}
                  </li>
                ))}
              </ul>
            </div>
            {attacks.length > 0 && (
              <div>
                <h4>{say('editor.attacks')}</h4>
                <ul>
                  {attacks.map(({ attack, title, footholdClosedMs, looked }) => (
                    <li key={attack} className="code-look">
                      <span>{say.text(title)}</span>
                      {footholdClosedMs !== null ? (
                        <span className="chip chip-up">
                          <StateMark verdict="up" />
                          {say('editor.closed')}
                        </span>
                      ) : looked ? (
                        <span className="chip chip-broken">
                          <BreachMark />
                          {say('editor.inside')}
                        </span>
                      ) : (
                        <Checking words={say('editor.lookedAt')} />
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
        </section>
      )}
    </div>
  )
}

const Checking = ({ words }: { readonly words: string }) => (
  <span className="chip chip-unknown">
    <StateMark verdict="unknown" />
    {words}
  </span>
)
