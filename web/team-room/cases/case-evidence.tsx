import { useAtMs, useExerciseState } from '../../feed/use-view.ts'
import { EvidenceBox } from '../../kit/evidence.tsx'
import { HistoryStrip, windowOf } from '../../kit/history-strip.tsx'
import { useSay } from '../../kit/i18n/use-say.ts'
import { StateChip } from '../../kit/state-mark.tsx'
import { StripMarks } from '../../kit/strip-marks.tsx'
import { Told } from '../../kit/told.tsx'
import { useServiceMarks } from '../use-service-marks.ts'
import { AnsweredPlaces } from './answered/answered-places.tsx'
import type { DeskOf } from './desk-of.ts'

const CELLS = 60

/** How the service stands, what the case began with, and what fails now where that is something else. */
export function CaseEvidence(of: DeskOf) {
  const { team, one, service } = of
  const say = useSay()
  const atMs = useAtMs()
  const { durationMs } = useExerciseState().scenario
  const marks = useServiceMarks(team.id, service?.id)
  const window = windowOf(atMs, durationMs)
  const { about } = one
  const attack = about.kind === 'attack' && team.attacks.find(({ attack: id }) => id === about.attack)
  const now = service?.reason && service.verdict !== 'unknown' ? service.reason : null
  return (
    <div className="desk-evidence">
      {attack && (
        <p>
          <Told text={attack.publicText} />
        </p>
      )}
      {service && (
        <>
          <p>
            <b>{say.text(service.title)}</b> <StateChip verdict={service.verdict} wording="exact" />{' '}
            <span className="soft num">{say('overview.since', { time: say.clock(service.sinceMs) })}</span>
          </p>
          <div>
            <HistoryStrip history={service.history} window={window} cells={CELLS} />
            <StripMarks {...marks} window={window} />
          </div>
        </>
      )}
      {one.evidence ? (
        <>
          <AnsweredPlaces {...of} />
          <EvidenceBox of={about.kind === 'attack' ? 'attack' : 'check'} evidence={one.evidence} />
        </>
      ) : (
        <p className="soft">{say('case.noEvidence')}</p>
      )}
      {now?.evidence && service && now.evidence !== one.evidence && (
        <>
          <p>
            {say(service.verdict === 'slow' ? 'overview.whySlow' : 'overview.why', {
              journey: say.text(now.title),
            })}
          </p>
          <EvidenceBox evidence={now.evidence} />
        </>
      )}
    </div>
  )
}
