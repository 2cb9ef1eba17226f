import type { Evidence } from '#exercise/scenario/model.ts'
import './evidence.css'
import { useSay } from './i18n/use-say.ts'

/** What the check or attack sent, what came back, and what was expected: exactly as recorded. */
export function EvidenceBox({ evidence }: { readonly evidence: Evidence }) {
  const say = useSay()
  const rows = [
    ['step', evidence.step],
    ['sent', evidence.sent],
    ['received', evidence.received],
    ['expected', evidence.expected],
  ] as const
  return (
    <dl className="evidence">
      {rows.map(([name, text]) => (
        <div key={name} className={`evidence-${name}`}>
          <dt>{say(`evidence.${name}`)}</dt>
          <dd>
            <code lang="en">{text || '–'}</code>
          </dd>
        </div>
      ))}
      <div>
        <dt>{say('evidence.ms')}</dt>
        <dd className="num">{say('evidence.took', { n: Math.round(evidence.ms) })}</dd>
      </div>
    </dl>
  )
}
