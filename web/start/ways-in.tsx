import { LogIn } from 'lucide-react'
import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { go, linkInto } from '../app/route.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { isMessage } from '../kit/i18n/i18n.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

type Answer =
  | { readonly exercise: string; readonly token: string }
  | { readonly ok: false; readonly refusal: Refusal }

/** For those who have a seat: the field for a short code, and the organisation's sign-in where there is one. */
export function WaysIn() {
  const say = useSay()
  const offersSignIn = useFeedState((feed) => feed.offersSignIn)
  const exercise = useFeedState((feed) => feed.exercise?.id ?? null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const turnedAway = turnedAwayBy()
  const join = async (code: string) => {
    setBusy(true)
    const answer = await ask(code)
    setBusy(false)
    if ('refusal' in answer) setRefusal(answer.refusal)
    else go(linkInto(answer.exercise, 'join', answer.token), true)
  }
  return (
    <section className="ways-in" aria-labelledby="ways-in">
      <h3 id="ways-in">{say('code.title')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void join(String(new FormData(event.currentTarget).get('code')).trim())
        }}
      >
        <label className="field">
          {say('code.field')}
          <input
            name="code"
            required
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="KILP-XXXX-XX"
          />
        </label>
        <button type="submit" className="button primary" disabled={busy}>
          {say('code.join')}
        </button>
      </form>
      <RefusalText refusal={refusal} />
      {offersSignIn && (
        <p>
          <a
            className="button"
            href={`/api/sign-in${exercise === null ? '' : `?exercise=${encodeURIComponent(exercise)}`}`}
          >
            <LogIn aria-hidden="true" size="1.1em" />
            {say('signIn.with')}
          </a>
        </p>
      )}
      {turnedAway !== null && (
        <p role="alert" className="refusal">
          {say.code(isMessage(turnedAway) ? turnedAway : 'refusal.sign-in-refused')}
        </p>
      )}
    </section>
  )
}

/** Why a sign-in led back here, as a key of our texts; null when none did. */
function turnedAwayBy(): string | null {
  const code = new URLSearchParams(location.hash.split('?')[1] ?? '').get('refused')
  return code === null ? null : `refusal.${code}`
}

async function ask(code: string): Promise<Answer> {
  try {
    const answer = await fetch('/api/join', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    return (await answer.json()) as Answer
  } catch {
    return { ok: false, refusal: { code: 'no-answer', message: 'The server did not answer.', params: {} } }
  }
}
