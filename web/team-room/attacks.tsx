import { Bug, CircleHelp, type LucideIcon, Radar, ShieldCheck, ShieldOff } from 'lucide-react'
import { unusable } from '#exercise/fold/verdicts.ts'
import type { AttackView, ServiceView } from '#exercise/views/views.ts'
import { fateOf, fateText } from '../kit/attack-fate.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'

const ICONS: Readonly<Record<AttackView['state'], LucideIcon>> = {
  planned: Radar,
  'under-way': Radar,
  landed: Bug,
  blocked: ShieldCheck,
  'blocked-by-outage': ShieldOff,
  void: CircleHelp,
}

/** What hit the team, newest first: and whether it is over. */
export function Attacks(props: {
  readonly attacks: readonly AttackView[]
  readonly services: readonly ServiceView[]
}) {
  const say = useSay()
  const shown = props.attacks.filter((attack) => attack.state !== 'planned').toReversed()
  return (
    <section className="card room-attacks" aria-labelledby="room-attacks">
      <h2 id="room-attacks">{say('attacks.title')}</h2>
      {shown.length === 0 && <p className="soft">{say('attacks.empty')}</p>}
      <ul>
        {shown.map((attack) => {
          const Icon = ICONS[attack.state]
          const service = props.services.find((known) => known.id === attack.service)
          const open = fateOf(attack) === 'open'
          return (
            <li key={attack.attack} className={`attack attack-${fateOf(attack)}`}>
              <details>
                <summary>
                  <Icon aria-hidden="true" size="1.25em" />
                  <span>
                    <b>
                      <Told name text={attack.title} />
                    </b>
                    <span className="small">
                      {service && `${say.text(service.title)} · `}
                      <span className="num">{say.clock(attack.concludedMs ?? attack.atMs ?? 0)}</span>
                      {' · '}
                      {fateText(say, attack)}
                      {attack.mendedByPilot && ` · ${say('attack.byPilot')}`}
                    </span>
                    {open && service && unusable(service.verdict) && (
                      <span className="small">{say('attack.open.broken')}</span>
                    )}
                  </span>
                </summary>
                <p className="small">
                  <Told text={attack.publicText} />
                  {attack.technique && ` (${attack.technique}${attack.owasp ? `, ${attack.owasp}` : ''})`}
                </p>
                {attack.evidence && <EvidenceBox evidence={attack.evidence} />}
              </details>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
