import { Ban, Copy, Printer, QrCode as QrIcon, RefreshCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import type { SeatInfo } from '#exercise/wire/protocol.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { NewSeat } from './new-seat.tsx'
import { QrCode } from './qr-code.tsx'
import './seat-list.css'
import { SeatSheet } from './seat-sheet.tsx'

type Link = SeatInfo & { readonly url: string; readonly code: string | null }

/** Join links, to be handed out; and the way to take one back. */
export function SeatList({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const route = useRoute()
  const { seats } = useExerciseState()
  const { send, busy, refusal } = useSender()
  const [links, setLinks] = useState<readonly Link[] | null>(null)
  const [copied, setCopied] = useState<string | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const [drawn, setDrawn] = useState<string | null>(null)
  const [renewed, setRenewed] = useState(0)
  const [printing, setPrinting] = useState(false)
  const printed = useCallback(() => setPrinting(false), [])
  const token = tokenFor(route)
  const count = seats.length

  useEffect(() => {
    const stop = new AbortController()
    // Asked again when a code was renewed.
    void renewed
    fetch(apiPath('seats'), { headers: { authorization: `Bearer ${token}` }, signal: stop.signal })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(`seats: ${answer.status}`)
        const body: { readonly seats: readonly Link[] } = await answer.json()
        setLinks(body.seats)
      })
      .catch(() => {
        if (!stop.signal.aborted) setLinks(null)
      })
    return () => stop.abort()
  }, [token, count, renewed])

  return (
    <div className="seats">
      <ul>
        {seats
          .filter((seat) => !seat.revoked)
          .map((seat) => {
            const link = links?.find((known) => known.seatId === seat.seatId)
            const team = view.teams.find((known) => known.id === seat.team)
            const name = team ? say('seats.blue', { team: say.text(team.name) }) : say(`seat.${seat.seat}`)
            return (
              <li key={seat.seatId}>
                <span>
                  <b>{name}</b>{' '}
                  {ownLabel(seat, team) !== '' && <span className="soft small">{ownLabel(seat, team)}</span>}
                </span>
                {link?.code && <span className="seat-code num">{link.code}</span>}
                <span className="seats-buttons">
                  {link && (
                    <button
                      type="button"
                      className="button"
                      aria-label={say('seats.qr', { seat: name })}
                      aria-expanded={drawn === seat.seatId}
                      onClick={() => setDrawn(drawn === seat.seatId ? null : seat.seatId)}
                    >
                      <QrIcon aria-hidden="true" size="1.1em" />
                    </button>
                  )}
                  {link?.code && (
                    <ConfirmButton
                      className=""
                      label={
                        <>
                          <RefreshCw aria-hidden="true" size="1.1em" />
                          <span className="hidden">{say('seats.renew', { seat: name })}</span>
                        </>
                      }
                      title={say('seats.renew', { seat: name })}
                      text={say('seats.renew.text')}
                      yes={say('seats.renew.yes')}
                      onYes={() => void renew(seat.seatId, token).then(() => setRenewed(renewed + 1))}
                    />
                  )}
                  {link && (
                    <button
                      type="button"
                      className="button"
                      aria-label={say('seats.copy', { seat: name })}
                      onClick={() =>
                        void copy(link.url).then((done) => (done ? setCopied : setShown)(seat.seatId))
                      }
                    >
                      <Copy aria-hidden="true" size="1.1em" />
                      {copied === seat.seatId && <span role="status">{say('seats.copied')}</span>}
                    </button>
                  )}
                  {seat.seat !== 'white' && (
                    <ConfirmButton
                      className="danger"
                      disabled={busy}
                      label={
                        <>
                          <Ban aria-hidden="true" size="1.1em" />
                          <span className="hidden">{say('seats.revoke', { seat: name })}</span>
                        </>
                      }
                      title={say('seats.revoke', { seat: name })}
                      text={say('seats.revoke.text')}
                      yes={say('seats.revoke.yes')}
                      onYes={() => void send({ type: 'revoke-seat', data: { seatId: seat.seatId } })}
                    />
                  )}
                </span>
                {drawn === seat.seatId && link && (
                  <QrCode text={link.url} label={say('seats.qr', { seat: name })} />
                )}
                {shown === seat.seatId && link && (
                  <input
                    className="seats-link"
                    readOnly
                    value={link.url}
                    aria-label={say('seats.link', { seat: name })}
                    onFocus={(event) => event.currentTarget.select()}
                  />
                )}
              </li>
            )
          })}
      </ul>
      {links && (
        <button type="button" className="button" onClick={() => setPrinting(true)}>
          <Printer aria-hidden="true" size="1.1em" />
          {say('seats.print')}
        </button>
      )}
      {printing && (
        <SeatSheet
          title={say.text(view.title)}
          seats={(links ?? [])
            .filter(({ seatId }) => seats.some((seat) => seat.seatId === seatId && !seat.revoked))
            .map((link) => {
              const team = view.teams.find(({ id }) => id === link.team)
              const name = team ? say('seats.blue', { team: say.text(team.name) }) : say(`seat.${link.seat}`)
              return { ...link, name, label: ownLabel(link, team) }
            })}
          onDone={printed}
        />
      )}
      {links === null && <p className="soft">{say('seats.noLinks')}</p>}
      <RefusalText refusal={refusal} />
      <NewSeat view={view} />
    </div>
  )
}

/** What the platform calls the seats that come with an exercise, in whatever language it is read. */
const GIVEN_LABELS: Partial<Record<SeatInfo['seat'], string>> = { white: 'Instructor', observer: 'Observer' }

/** What whoever made the seat called it; empty where that says no more than whose it is. */
const ownLabel = ({ seat, label }: Pick<SeatInfo, 'seat' | 'label'>, team: TeamView | undefined): string =>
  label === (team ? team.name.en : GIVEN_LABELS[seat]) ? '' : label

/** False where the browser gives no clipboard, as to pages without TLS: the link is then shown, to be copied by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** A new short code; the list is asked for again, whatever came of it. */
async function renew(seatId: string, token: string | null): Promise<void> {
  await fetch(apiPath(`seats/${encodeURIComponent(seatId)}/code`), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => undefined)
}
