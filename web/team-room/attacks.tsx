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

/** So many of those that are over stand open. */
const SHOWN = 5

/** What hit the team, newest first: and whether it is over. */
export function Attacks(props: {
  readonly attacks: readonly AttackView[]
  readonly services: readonly ServiceView[]
}) {
  const say = useSay()
  const come = props.attacks.filter((attack) => attack.state !== 'planned').toReversed()
  // Where attackers are inside, or try to get there, is never folded away.
  const [shown, earlier] = [come.filter(needed), come.filter((one, place) => !needed(one, place))]
  return (
    <section className="card room-attacks" aria-labelledby="room-attacks">
      <h2 id="room-attacks">{say('attacks.title')}</h2>
      {come.length === 0 && <p className="soft">{say('attacks.empty')}</p>}
      <List attacks={shown} services={props.services} />
      {earlier.length > 0 && (
        <details>
          <summary>{say('attacks.earlier', { count: earlier.length })}</summary>
          <List attacks={earlier} services={props.services} />
        </details>
      )}
    </section>
  )
}

const needed = (attack: AttackView, place: number): boolean =>
  place < SHOWN || attack.state === 'under-way' || fateOf(attack) === 'open'

function List(props: { readonly attacks: readonly AttackView[]; readonly services: readonly ServiceView[] }) {
  return (
    <ul>
      {props.attacks.map((attack) => (
        <Row
          key={attack.attack}
          attack={attack}
          service={props.services.find(({ id }) => id === attack.service)}
        />
      ))}
    </ul>
  )
}

function Row(props: { readonly attack: AttackView; readonly service: ServiceView | undefined }) {
  const say = useSay()
  const { attack, service } = props
  const Icon = ICONS[attack.state]
  const open = fateOf(attack) === 'open'
  return (
    <li className={`attack attack-${fateOf(attack)}`}>
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
}
