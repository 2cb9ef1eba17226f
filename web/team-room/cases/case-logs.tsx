import { useState } from 'react'
import { useAtMs } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { LogLines } from '../logs/log-lines.tsx'
import { Reach } from '../logs/logs-tab.tsx'
import { useLogs } from '../logs/use-logs.ts'
import type { DeskOf } from './desk-of.ts'

/** Log lines before and after the moment that the case is about, of its service or of all. */
export function CaseLogs({ team, one, service }: DeskOf) {
  const say = useSay()
  const atMs = useAtMs()
  const [reachS, setReachS] = useState(10)
  const [all, setAll] = useState(!service)
  const range = { fromMs: one.sinceMs - reachS * 1000, toMs: one.sinceMs + reachS * 1000 }
  const logs = useLogs({
    team: team.id,
    text: '',
    service: all ? '' : (service?.id ?? ''),
    range: () => range,
    rangeKey: JSON.stringify(range),
    // Nothing more comes once the time is over; collectors take a moment.
    follow: atMs < range.toMs + 5_000,
  })
  return (
    <div className="logs">
      <div className="logs-ask">
        <Reach value={reachS} onChange={setReachS} />
        {service && (
          <label className="logs-follow">
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
            {say('logs.all')}
          </label>
        )}
      </div>
      <LogLines logs={logs} services={all} empty={say('logs.empty')} />
    </div>
  )
}
