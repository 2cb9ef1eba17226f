import type { Names } from '#exercise/views/report/document.ts'
import { proposalText } from '#exercise/views/report/plan.ts'
import type { Proposal } from '#exercise/views/report/proposals.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useSay } from '../../kit/i18n/use-say.ts'
import { newId } from '../../kit/new-id.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import { Evidence } from './evidence.tsx'

/** What the platform found, to be taken over by one press or left where it is. */
export function Proposals(props: {
  readonly found: readonly Proposal[]
  readonly words: Words
  readonly names: Names
  readonly readOnly: boolean
}) {
  const { found, words, names, readOnly } = props
  const say = useSay()
  const { send, busy, refusal } = useSender()
  return (
    <section className="plan-found" aria-labelledby="plan-found">
      <h3 id="plan-found">{say('plan.found')}</h3>
      <p className="soft">{say(found.length === 0 ? 'plan.foundNone' : 'plan.foundAbout')}</p>
      <RefusalText refusal={refusal} />
      <ul lang={words.lang}>
        {found.map((one) => {
          const text = proposalText(one, words, names)
          const data = { kind: one.kind, text, recommendation: '', owner: '', due: '', source: one.id }
          return (
            <li key={one.id}>
              <div>
                <b>{say(`plan.kind.${one.kind}`)}</b> <span>{text}</span>
                <Evidence evidence={one.evidence} names={names} />
              </div>
              {!readOnly && (
                <button
                  type="button"
                  className="button"
                  disabled={busy}
                  aria-label={say('plan.takeOf', { text })}
                  onClick={() =>
                    void send({ type: 'record-observation', data: { ...data, observation: newId() } })
                  }
                >
                  {say('plan.take')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
