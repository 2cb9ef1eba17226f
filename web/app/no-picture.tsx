import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { forgetGuest } from '../feed/seat-tokens.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { isMessage } from '../kit/i18n/i18n.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './no-picture.css'
import { linkTo, useRoute } from './route.ts'

/**
 * Shows its content once the page knows what the server knows, and as long as the server lets it. Until then, and after it was sent away, it claims
 * nothing about the exercise: it says what the matter is, and what to do.
 */
export function NoPicture({ children }: { readonly children: ReactNode }) {
  const refused = useFeedState((feed) => feed.connection === 'refused')
  const known = useFeedState((feed) => feed.caughtUp)
  if (refused) return <SentAway />
  return known ? children : <Waiting />
}

function Waiting() {
  const say = useSay()
  const blocked = useFeedState((feed) => feed.blocked)
  return (
    <div className="no-picture" role="status">
      <p>{say(blocked ? `wait.${blocked}` : 'wait')}</p>
    </div>
  )
}

function SentAway() {
  const say = useSay()
  const reason = useFeedState((feed) => feed.goodbye) ?? ''
  const { exercise } = useRoute()
  if (reason === 'no-such-exercise' && exercise === null) return <NoneYet />
  const key = `away.${reason}`
  return (
    <div className="no-picture card" role="alert">
      <h2>{say('away.title')}</h2>
      <p>{isMessage(key) ? say(key) : say('away.other', { reason })}</p>
      <div className="no-picture-ways">
        <button type="button" className="button primary" onClick={() => location.reload()}>
          <RotateCw aria-hidden="true" size="1.1em" />
          {say('away.again')}
        </button>
        <a
          className="button"
          href={reason === 'no-such-exercise' ? '#/' : linkTo('start')}
          onClick={forgetGuest}
        >
          {say('away.watch')}
        </a>
      </div>
    </div>
  )
}

/** A platform that was started for no exercise has none to show until one is set up. */
function NoneYet() {
  const say = useSay()
  return (
    <div className="no-picture card">
      <h2>{say('none.title')}</h2>
      <p>{say('none.text')}</p>
      <div className="no-picture-ways">
        <button type="button" className="button primary" onClick={() => location.reload()}>
          <RotateCw aria-hidden="true" size="1.1em" />
          {say('away.again')}
        </button>
        <a className="button" href={linkTo('home')}>
          {say('home.title')}
        </a>
      </div>
    </div>
  )
}
