import type { ReportState } from '#exercise/fold/report-state.ts'
import { CONFIDENCES, type ReportFields } from '#exercise/scenario/report.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** A report as it was filed: whatever it holds is shown as text. */
export function ReportText({
  fields,
  team,
}: {
  readonly fields: ReportFields
  readonly team: TeamView | undefined
}) {
  const say = useSay()
  const { inLanguages } = fields
  const service = team?.services.find(({ id }) => id === fields.service)
  const rows = [
    [say('report.field.service'), service ? say.text(service.title) : fields.service],
    [say('report.field.noticed'), say.clock(fields.noticedMs)],
    [say('report.field.technique'), fields.technique],
    [say('report.field.indicators'), fields.indicators],
    [say('report.field.actions'), inLanguages ? say.text(inLanguages.actions) : fields.actions],
    [say('report.field.confidence'), say(`report.confidence.${fields.confidence}`)],
  ] as const
  return (
    <dl className="written-form">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="written">{value || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What was being written of a report when it was too late to file it. */
export function UnfiledText({ report, team }: { readonly report: ReportState; readonly team: TeamView }) {
  const say = useSay()
  const written = report.draft.filter(({ text }) => text.trim() !== '')
  const textOf = ({ field, text }: (typeof written)[number]) => {
    const service = team.services.find(({ id }) => field === 'service' && id === text)
    if (service) return say.text(service.title)
    const sure = CONFIDENCES.find((one) => field === 'confidence' && one === text)
    return sure ? say(`report.confidence.${sure}`) : text
  }
  return (
    <dl className="written-form">
      {written.map((one) => (
        <div key={one.field}>
          <dt>{say.code(`report.field.${one.field}`)}</dt>
          <dd className="written">{textOf(one)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** All versions of a report, the latest first. */
export function ReportVersions({
  report,
  team,
}: {
  readonly report: ReportState
  readonly team: TeamView | undefined
}) {
  const say = useSay()
  if (report.versions.length === 0) return null
  return (
    <section className="message-versions">
      <h3>{say('report.versions', { count: report.versions.length })}</h3>
      <ol>
        {report.versions
          .map((version, index) => ({ version, n: index + 1 }))
          .toReversed()
          .map(({ version, n }) => (
            <li key={version.position}>
              <p className="soft">
                {say('inbox.version', { n, time: say.clock(version.atMs) })}{' '}
                {say('inbox.by', { name: actorName(say, version.by) })}
              </p>
              {version.fields && <ReportText fields={version.fields} team={team} />}
            </li>
          ))}
      </ol>
    </section>
  )
}
