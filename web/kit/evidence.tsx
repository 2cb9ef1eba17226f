import type { Evidence } from '#exercise/scenario/model.ts'
import './evidence.css'
import { useSay } from './i18n/use-say.ts'

/**
 * What a check or an attack sent, what came back, and what was to come: exactly as recorded, and decoded where it was sent with signs in percent. `of`: whose it is: what
 * an attack waits for is a success of nobody else.
 */
export function EvidenceBox({
  evidence,
  of = 'check',
}: {
  readonly evidence: Evidence
  readonly of?: Whose
}) {
  const say = useSay()
  const decoded = inPlainSigns(evidence.sent)
  const rows = [
    ['step', 'evidence.step', evidence.step],
    ...(evidence.before ? [['before', 'evidence.before', evidence.before.join('\n')] as const] : []),
    ['sent', 'evidence.sent', evidence.sent],
    ...(decoded === null ? [] : [['sent', 'evidence.decoded', decoded] as const]),
    ['received', 'evidence.received', evidence.received],
    ['expected', of === 'attack' ? 'evidence.succeeds' : 'evidence.expected', evidence.expected],
  ] as const
  return (
    <div className="evidence-box">
      <dl className={`evidence evidence-of-${of}`}>
        {rows.map(([name, title, text]) => (
          <div key={title} className={`evidence-${name}`}>
            <dt>{say(title)}</dt>
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
    </div>
  )
}

export type Whose = 'check' | 'attack'

/** As people read it; null where nothing is encoded, or not as text. */
function inPlainSigns(sent: string): string | null {
  if (!/%[0-9a-f]{2}/i.test(sent)) return null
  try {
    return decodeURIComponent(sent)
  } catch {
    return null
  }
}
