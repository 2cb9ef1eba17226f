import { FileText } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import type { DeskOf } from './desk-of.ts'

/** One click begins a report with what the case knows, and leads there; afterwards it leads there. */
export function CaseReport({
  team,
  view,
  one,
  onReport,
}: DeskOf & { readonly onReport: (report: string) => void }) {
  const say = useSay()
  const may = useMay('begin-case-report', team.id) && view.phase !== 'ended'
  const { send, busy, refusal } = useSender()
  const [begun, setBegun] = useState(false)
  const { report } = one
  useEffect(() => {
    if (begun && report !== null) onReport(report)
  }, [begun, report, onReport])
  if (report === null && (!may || one.service === null)) return null
  return (
    <>
      <button
        type="button"
        className="button"
        data-report
        disabled={busy}
        onClick={() => {
          if (report !== null) return onReport(report)
          setBegun(true)
          void send({ type: 'begin-case-report', data: { team: team.id, case: one.case } })
        }}
      >
        <FileText aria-hidden="true" size="1.1em" />
        {report === null ? say('case.report.begin') : say('case.report.go', { report })}
      </button>
      <RefusalText refusal={refusal} />
    </>
  )
}
