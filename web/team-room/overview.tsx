import { Bug, PowerOff } from 'lucide-react'
import { isTouched } from '#exercise/fold/interruption.ts'
import type { ServiceView } from '#exercise/views/views.ts'
import { useAtMs, useExerciseState } from '../feed/use-view.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { HistoryStrip, windowOf } from '../kit/history-strip.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { StateChip, StateMark } from '../kit/state-mark.tsx'
import { StripMarks } from '../kit/strip-marks.tsx'
import { Told } from '../kit/told.tsx'
import { useServiceMarks } from './use-service-marks.ts'

const CELLS = 60

/** One service of a team: its verdict, why, and each journey that was checked. */
export function Overview({ team: id, service }: { readonly team: string; readonly service: ServiceView }) {
  const say = useSay()
  const atMs = useAtMs()
  const { scenario, teams, phase } = useExerciseState()
  const team = teams.find((known) => known.id === id)
  // While it, or what it needs, is taken away, a foothold's time is not counted.
  const away = team !== undefined && isTouched(team, service.id)
  const marks = useServiceMarks(id, service.id)
  const window = windowOf(atMs, scenario.durationMs)
  return (
    <div className="overview">
      <div className="overview-head">
        <h2>
          <Told name text={service.title} />
        </h2>
        <StateChip verdict={service.verdict} wording="exact" />
        <span className="soft num">{say('overview.since', { time: say.clock(service.sinceMs) })}</span>
      </div>
      <p className="soft">
        <Told text={service.publicText} />
      </p>
      <div>
        <HistoryStrip history={service.history} window={window} cells={CELLS} />
        <StripMarks {...marks} window={window} />
      </div>
      {service.breached && (
        <p className="overview-alarm">
          <Bug aria-hidden="true" size="1.2em" />
          {say(
            phase === 'ended' ? 'overview.breachedEnd' : away ? 'overview.breachedAway' : 'overview.breached',
          )}
        </p>
      )}
      {service.containerDown && (
        <p className="overview-alarm">
          <PowerOff aria-hidden="true" size="1.2em" />
          {say('overview.containerDown')}
        </p>
      )}
      {service.reason && service.verdict !== 'unknown' && (
        <section className="overview-why" aria-labelledby="why">
          <h3 id="why">
            {say(service.verdict === 'slow' ? 'overview.whySlow' : 'overview.why', {
              journey: say.text(service.reason.title),
            })}
          </h3>
          {service.reason.evidence ? (
            <EvidenceBox evidence={service.reason.evidence} />
          ) : (
            <p className="soft">{say('overview.noEvidence')}</p>
          )}
        </section>
      )}
      <table className="journeys">
        <caption className="hidden">{say('overview.journeys')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('overview.journeys')}</th>
            <th scope="col">{say('overview.state')}</th>
            <th scope="col" className="end">
              {say('overview.sinceHead')}
            </th>
          </tr>
        </thead>
        <tbody>
          {service.journeys.map((journey) => (
            <tr key={journey.id}>
              <th scope="row">
                <Told name text={journey.title} />
              </th>
              <td>
                <span className={`service-state mark-${journey.verdict}`}>
                  <StateMark verdict={journey.verdict} />
                  {say(`state.exact.${journey.verdict}`)}
                </span>
              </td>
              <td className="num end">{say.clock(journey.sinceMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
