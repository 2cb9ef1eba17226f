import { Hand } from 'lucide-react'
import { sameSubject, type WorkKind } from '#exercise/ledger/work.ts'
import { usePerson } from '../../feed/person.ts'
import { useFeedState, useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { useExerciseState, useWork } from '../../feed/use-view.ts'
import { actorName } from '../actor-name.ts'
import { useSay } from '../i18n/use-say.ts'
import { RefusalText } from '../refusal.tsx'
import './people.css'

interface Of {
  readonly team: string
  readonly kind: WorkKind
  readonly id: string
}

/** Who works on something; nothing where nobody does. */
export function WorkedBy({ team, kind, id }: Of) {
  const say = useSay()
  const claim = useClaim({ team, kind, id })
  if (!claim) return null
  return (
    <span className="worked-by">
      <Hand aria-hidden="true" size="1em" />
      <span className="hidden">{say('work.by')}</span>
      <bdi>{actorName(say, claim.by)}</bdi>
    </span>
  )
}

/** The same, with the way to take it on, take it over, or let go of it. It locks nothing. `done`: there is nothing to take on any more. */
export function WorkClaim({ team, kind, id, done = false }: Of & { readonly done?: boolean }) {
  const say = useSay()
  const may = useMay('claim-work', team)
  const over = useExerciseState().phase === 'ended'
  const claim = useClaim({ team, kind, id })
  const mine = useIsMe(claim?.by ?? null)
  const { send, busy, refusal } = useSender()
  if (!claim && (!may || over || done)) return null
  const subject = { kind, id }
  const seen = claim?.turn ?? 0
  return (
    <div className="work-claim">
      {claim ? (
        <span className="soft">
          {say('work.since', { name: actorName(say, claim.by), time: say.clock(claim.atMs) })}
        </span>
      ) : (
        <span className="soft work-nobody">{say('work.nobody')}</span>
      )}
      {may && !over && (
        <>
          {!mine && !done && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void send({ type: 'claim-work', data: { team, subject, seen } })}
            >
              <Hand aria-hidden="true" size="1.1em" />
              {say(claim ? 'work.takeOver' : 'work.take')}
            </button>
          )}
          {claim && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void send({ type: 'release-work', data: { team, subject, seen } })}
            >
              {say('work.release')}
            </button>
          )}
        </>
      )}
      <RefusalText refusal={refusal} />
    </div>
  )
}

const useClaim = ({ team, kind, id }: Of) =>
  useWork(team).claims.find(({ subject }) => sameSubject(subject, { kind, id }))

/** Whether whoever acted is who is before this page. */
function useIsMe(by: Parameters<typeof actorName>[1]): boolean {
  const seat = useFeedState((feed) => feed.seat)
  const signedIn = useFeedState((feed) => feed.signedIn)
  const exercise = useFeedState((feed) => feed.exercise?.id ?? null)
  const person = usePerson(exercise)
  const name = signedIn ?? person?.name ?? ''
  return by?.kind === 'seat' && by.seatId === seat?.seatId && (by.name ?? '') === name
}
