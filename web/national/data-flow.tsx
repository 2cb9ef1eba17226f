import { unusable } from '#exercise/fold/verdicts.ts'
import type { Service } from '#exercise/scenario/model.ts'
import type { Verdict } from '#exercise/scenario/words.ts'
import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ServiceIcon } from '../kit/service-icon.tsx'
import './data-flow.css'
import { Told } from '../kit/told.tsx'

/** So many boxes stand beside each other on one line, with their icons; more make do with two short lines each. */
const ROOMY = 5

/**
 * How data flows: services that ask stand above the exchange, registers that answer stand below it. Each line is the state of its
 * service: whole, dashed, cut with a cross, or dotted while it is being checked.
 */
export function DataFlow({
  services,
  view,
}: {
  readonly services: readonly Service[]
  readonly view: NationalView
}) {
  const say = useSay()
  const hub = services.find((service) => service.hub)
  const members = services.filter((service) => service.public && hub && service.needs.includes(hub.id))
  if (!hub || members.length === 0) return null
  const verdictOf = (id: string): Verdict =>
    view.services.find((known) => known.id === id)?.verdict ?? 'unknown'
  const asked = new Set(members.flatMap((service) => service.needs))
  const above = members.filter((service) => !asked.has(service.id))
  const below = members.filter((service) => asked.has(service.id))
  const hubVerdict = verdictOf(hub.id)
  return (
    <section className="national-flow" aria-labelledby="national-flow">
      <h2 id="national-flow">
        {say('national.flow')} <span className="soft">{say('national.flow.note')}</span>
      </h2>
      <div className={above.length > ROOMY ? 'flow crowded' : 'flow'}>
        <Row side="above" members={above} verdictOf={verdictOf} hub={hubVerdict} />
        <div className={`flow-hub flow-${hubVerdict}`}>
          <ServiceIcon service={hub.id} size="1.2em" />
          <Told name text={hub.title} /> <span className="flow-word">{say(`state.plain.${hubVerdict}`)}</span>
        </div>
        <Row side="below" members={below} verdictOf={verdictOf} hub={hubVerdict} />
      </div>
    </section>
  )
}

function Row(props: {
  readonly side: 'above' | 'below'
  readonly members: readonly Service[]
  readonly verdictOf: (id: string) => Verdict
  readonly hub: Verdict
}) {
  const say = useSay()
  return (
    <ul className={`flow-row flow-row-${props.side}`}>
      {props.members.map((service) => {
        const verdict = props.verdictOf(service.id)
        return (
          <li key={service.id}>
            <span className={`flow-node flow-${verdict}`}>
              <ServiceIcon service={service.id} size="1.15em" />
              <Told name text={service.title} />
              <span className="hidden">{say(`state.plain.${verdict}`)}</span>
            </span>
            <Link verdict={verdict} />
          </li>
        )
      })}
    </ul>
  )
}

/** One connection, drawn; the arrowheads say that data goes both ways. */
function Link({ verdict }: { readonly verdict: Verdict }) {
  const cut = unusable(verdict)
  return (
    <svg className={`flow-link line-${verdict}`} viewBox="0 0 40 40" aria-hidden="true">
      {cut ? (
        <>
          <path d="M20 0v9M20 31v9" />
          <path d="m14.5 14.5 11 11m0-11-11 11" />
        </>
      ) : (
        <path d="M20 0v40" />
      )}
      {verdict === 'up' && <path d="m15 33 5 5 5-5M15 7l5-5 5 5" />}
    </svg>
  )
}
