import type { Names } from '#exercise/views/report/document.ts'
import type { Evidenced } from '#exercise/views/report/proposals.ts'
import { hrefOf, linkTo, parseRoute } from '../../app/route.ts'
import { useSay } from '../../kit/i18n/use-say.ts'

/** Moments that show a finding, each leading into the replay. */
export function Evidence(props: { readonly evidence: readonly Evidenced[]; readonly names: Names }) {
  const say = useSay()
  if (props.evidence.length === 0) return null
  return (
    <ul className="plan-evidence small">
      {props.evidence.map(({ team, atMs }) => (
        <li key={team}>
          <a className="num" href={hrefOf({ ...parseRoute(linkTo('national')), at: atMs })}>
            {props.names.team(team)} {say.clock(atMs)}
          </a>
        </li>
      ))}
    </ul>
  )
}
