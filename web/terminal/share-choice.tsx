import { Users } from 'lucide-react'
import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { TerminalAccess } from '#exercise/ledger/terminal-events.ts'
import type { ShareReply } from '#exercise/wire/protocol.ts'
import { useFeed } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

const ACCESSES = ['nobody', 'look', 'write'] as const
const ANSWER_WITHIN_MS = 15_000

/** What colleagues may do in one's own terminal. It shows what is on record; what is taken back ends before that. */
export function ShareChoice(props: { readonly terminal: string; readonly shared: TerminalAccess }) {
  const { terminal, shared } = props
  const say = useSay()
  const { socket } = useFeed()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const choose = (access: TerminalAccess) =>
    socket
      ?.timeout(ANSWER_WITHIN_MS)
      .emit('terminal-share', terminal, access, (failed: Error | null, reply: ShareReply) => {
        if (failed) setRefusal(NO_ANSWER)
        else setRefusal(reply.ok ? null : reply.refusal)
      })
  return (
    <>
      <label className={shared === 'nobody' ? 'share-choice' : 'share-choice share-choice-on'}>
        <Users aria-hidden="true" size="1.1em" />
        <span className="hidden">{say('shared.label')}</span>
        <select value={shared} onChange={(event) => choose(event.target.value as TerminalAccess)}>
          {ACCESSES.map((access) => (
            <option key={access} value={access}>
              {say(`shared.access.${access}`)}
            </option>
          ))}
        </select>
      </label>
      <RefusalText refusal={refusal} />
    </>
  )
}

const NO_ANSWER: Refusal = { code: 'no-answer', message: 'The server did not answer.', params: {} }
