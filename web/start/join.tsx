import { useEffect } from 'react'
import type { SeatInfo } from '#exercise/wire/protocol.ts'
import { go, linkInto } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { rememberToken } from '../feed/seat-tokens.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'

/** Page of a seat of an exercise. */
export function pageOf(exercise: string, { seat, team }: SeatInfo): string {
  if (seat === 'white') return linkInto(exercise, 'instructor')
  if (seat === 'blue') return linkInto(exercise, 'team', team)
  return linkInto(exercise, seat === 'observer' ? 'observer' : 'national')
}

/** A join link: once the server has said whose token it is, it is kept, and leaves the URL and the browser's history. */
export function Join({ token }: { readonly token: string }) {
  const say = useSay()
  const seat = useFeedState((feed) => feed.seat)
  const exercise = useFeedState((feed) => feed.exercise)
  useEffect(() => {
    if (!seat || !exercise) return
    rememberToken(exercise, seat, token)
    go(pageOf(exercise.id, seat), true)
  }, [seat, exercise, token])
  return (
    <Shell title={say('join.title')} className="join">
      <p>{say('wait')}</p>
    </Shell>
  )
}
