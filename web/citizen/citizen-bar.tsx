import { ArrowLeft, ArrowRight, RotateCw } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useSay } from '../kit/i18n/use-say.ts'
import { addressOf, type Place, placeTyped } from './trail.ts'

/** Back, forward, load again, and where one is. */
export function CitizenBar(props: {
  readonly place: Place | null
  readonly services: readonly string[]
  readonly back: boolean
  readonly forward: boolean
  readonly onStep: (by: -1 | 0 | 1) => void
  readonly onGo: (place: Place) => void
}) {
  const say = useSay()
  const address = props.place ? addressOf(props.place) : ''
  const [typed, setTyped] = useState(address)
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    setTyped(address)
    setWrong(false)
  }, [address])
  const go = (event: FormEvent) => {
    event.preventDefault()
    const place = placeTyped(typed, props.services)
    setWrong(place === null)
    if (place) props.onGo(place)
  }
  return (
    <form className="citizen-bar" onSubmit={go}>
      <button
        type="button"
        className="button"
        aria-label={say('citizen.back')}
        disabled={!props.back}
        onClick={() => props.onStep(-1)}
      >
        <ArrowLeft aria-hidden="true" size="1.1em" />
      </button>
      <button
        type="button"
        className="button"
        aria-label={say('citizen.forward')}
        disabled={!props.forward}
        onClick={() => props.onStep(1)}
      >
        <ArrowRight aria-hidden="true" size="1.1em" />
      </button>
      <button
        type="button"
        className="button"
        aria-label={say('citizen.reload')}
        disabled={!props.place}
        onClick={() => props.onStep(0)}
      >
        <RotateCw aria-hidden="true" size="1.1em" />
      </button>
      <input
        className="citizen-address"
        aria-label={say('citizen.address')}
        aria-invalid={wrong}
        spellCheck={false}
        autoComplete="off"
        maxLength={2_000}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {wrong && <p role="alert">{say('citizen.wrongAddress')}</p>}
    </form>
  )
}
