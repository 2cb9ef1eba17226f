import { Bug, CircleHelp, type LucideIcon, Radar, ShieldCheck, ShieldOff } from 'lucide-react'
import { unusable } from '#exercise/fold/verdicts.ts'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { AttackView, ServiceView, TeamView } from '#exercise/views/views.ts'
import { useCases } from '../feed/use-view.ts'
import { fateOf, fateText } from '../kit/attack-fate.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'
import type { CaseWays } from './cases/case-ways.ts'
import './attacks.css'

const ICONS: Readonly<Record<AttackView['state'], LucideIcon>> = {
  planned: Radar,
  'under-way': Radar,
  landed: Bug,
  blocked: ShieldCheck,
  'blocked-by-outage': ShieldOff,
  void: CircleHelp,
}

/** What belongs to the team's attacks. */
interface Of extends Pick<CaseWays, 'onCase'> {
  readonly services: readonly ServiceView[]
  readonly caseOf: (attack: string) => CaseView | undefined
}

/** So many of those that are over stand open. */
const SHOWN = 5

/** What hit the team, newest first: and whether it is over. */
export function Attacks(props: { readonly team: TeamView; readonly onCase: CaseWays['onCase'] }) {
  const say = useSay()
  const cases = useCases(props.team.id)
  const of: Of = {
    services: props.team.services,
    caseOf: (id) => cases.find(({ about }) => about.kind === 'attack' && about.attack === id),
    onCase: props.onCase,
  }
  const come = props.team.attacks.filter((attack) => attack.state !== 'planned').toReversed()
  // Where attackers are inside, or try to get there, is never folded away.
  const [shown, earlier] = [come.filter(needed), come.filter((one, place) => !needed(one, place))]
  return (
    <section className="card room-attacks" aria-labelledby="room-attacks">
      <h2 id="room-attacks">{say('attacks.title')}</h2>
      {come.length === 0 && <p className="soft">{say('attacks.empty')}</p>}
      <List attacks={shown} of={of} />
      {earlier.length > 0 && (
        <details>
          <summary>{say('attacks.earlier', { count: earlier.length })}</summary>
          <List attacks={earlier} of={of} />
        </details>
      )}
    </section>
  )
}

const needed = (attack: AttackView, place: number): boolean =>
  place < SHOWN || attack.state === 'under-way' || fateOf(attack) === 'open'

function List({ attacks, of }: { readonly attacks: readonly AttackView[]; readonly of: Of }) {
  return (
    <ul>
      {attacks.map((attack) => (
        <Row key={attack.attack} attack={attack} of={of} />
      ))}
    </ul>
  )
}

function Row({ attack, of }: { readonly attack: AttackView; readonly of: Of }) {
  const say = useSay()
  const service = of.services.find(({ id }) => id === attack.service)
  const itsCase = of.caseOf(attack.attack)
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
          {attack.technique &&
            say.bracketed('', say.remarks([attack.technique, ...(attack.owasp ? [attack.owasp] : [])]))}
        </p>
        {itsCase && (
          <button type="button" className="button" onClick={() => of.onCase(itsCase)}>
            {say('attack.case', { case: itsCase.case })}
          </button>
        )}
        {attack.evidence && <EvidenceBox of="attack" evidence={attack.evidence} />}
      </details>
    </li>
  )
}
