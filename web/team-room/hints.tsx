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
              // Bought meanwhile on another page: the question about it is gone too.
              <ConfirmButton
                key={hint.taken.length}
                className=""
                disabled={busy}
                label={
                  <>
                    <Lightbulb aria-hidden="true" size="1.1em" />
                    {say('hints.take', { level: hint.taken.length + 1, count: hint.nextCost })}
                  </>
                }
                title={say('hints.confirm.title')}
                text={say('hints.confirm.text', { count: hint.nextCost })}
                yes={say('hints.confirm.yes')}
                onYes={() =>
                  void send({
                    type: 'take-hint',
                    data: { team: team.id, weakness: hint.weakness, level: hint.taken.length + 1 },
                  })
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
