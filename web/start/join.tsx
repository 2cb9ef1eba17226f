import { useEffect } from 'react'
import type { SeatInfo } from '#exercise/wire/protocol.ts'
import { go, linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { rememberToken } from '../feed/seat-tokens.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'

/** Page of a seat. */
export function pageOf(seat: SeatInfo): string {
  if (seat.seat === 'white') return linkTo('instructor')
  if (seat.seat === 'blue') return linkTo('team', seat.team)
  return linkTo(seat.seat === 'observer' ? 'observer' : 'national')
}

/** A join link: once the server has said whose token it is, it is kept, and leaves the URL and the browser's history. */
export function Join({ token }: { readonly token: string }) {
  const say = useSay()
  const seat = useFeedState((feed) => feed.seat)
  useEffect(() => {
    if (!seat) return
    rememberToken(seat, token)
    go(pageOf(seat), true)
  }, [seat, token])
  return (
    <Shell title={say('join.title')} className="join">
      <p>{say('wait')}</p>
    </Shell>
  )
}
