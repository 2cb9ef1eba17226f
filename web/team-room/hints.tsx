import { Lightbulb } from 'lucide-react'
import type { ServiceView, TeamView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useMay } from '../feed/use-may.ts'
import { useHints } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { ByName } from '../kit/people/by-name.tsx'
import { RefusalText } from '../kit/refusal.tsx'
import { Told } from '../kit/told.tsx'

/** Hints on the chosen service's weaknesses, vague to exact; each costs points, and says so before it is taken. */
export function Hints(props: {
  readonly team: TeamView
  readonly service: ServiceView
  /** Nothing more can be bought. */
  readonly over: boolean
}) {
  const { team, service } = props
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const may = useMay('take-hint', team.id) && !props.over
  const hints = useHints(team.id).filter((hint) => hint.service === service.id)
  const shown = hints.map((hint, i) => ({ ...hint, n: i + 1 })).filter(({ taken }) => may || taken.length > 0)
  if (!may && shown.length === 0) return null
  return (
    <section className="card room-hints" aria-labelledby="room-hints">
      <h2 id="room-hints">{say('hints.title', { service: say.text(service.title) })}</h2>
      {hints.length === 0 && <p className="soft">{say('hints.none')}</p>}
      <ul>
        {shown.map((hint) => (
          <li key={hint.weakness}>
            <h3>{say('hints.weakness', { n: hint.n })}</h3>
            <ol className="hints-taken">
              {hint.taken.map((text, index) => (
                <li key={text.en}>
                  <Told text={text} />
                  <ByName name={hint.by?.[index]} />
                </li>
              ))}
            </ol>
            {hint.nextCost !== null && may && (
              <Take
                // Bought meanwhile on another page: the question about it is gone too.
                key={hint.taken.length}
                level={hint.taken.length + 1}
                cost={hint.nextCost}
                busy={busy}
                onTake={(level) =>
                  void send({ type: 'take-hint', data: { team: team.id, weakness: hint.weakness, level } })
                }
              />
            )}
          </li>
        ))}
      </ul>
      <RefusalText refusal={refusal} />
    </section>
  )
}

/** What costs points is asked about once more; what is free is not. */
function Take(props: {
  readonly level: number
  readonly cost: number
  readonly busy: boolean
  readonly onTake: (level: number) => void
}) {
  const say = useSay()
  const { level, cost, busy } = props
  const label = (
    <>
      <Lightbulb aria-hidden="true" size="1.1em" />
      {say('hints.take', { level, count: cost })}
    </>
  )
  if (cost === 0)
    return (
      <button type="button" className="button" disabled={busy} onClick={() => props.onTake(level)}>
        {label}
      </button>
    )
  return (
    <ConfirmButton
      className=""
      disabled={busy}
      label={label}
      title={say('hints.confirm.title')}
      text={say('hints.confirm.text', { count: cost })}
      yes={say('hints.confirm.yes')}
      onYes={() => props.onTake(level)}
    />
  )
}
