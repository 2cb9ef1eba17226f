import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useSay } from '../kit/i18n/use-say.ts'
import { QrCode } from './qr-code.tsx'
import './seat-sheet.css'

export interface SheetSeat {
  readonly seatId: string
  readonly name: string
  readonly label: string
  readonly url: string
  readonly code: string | null
}

/** All seats on paper, one slip each to cut out: name, code, QR code. Opens the print dialog when it appears, and calls `onDone` after it. */
export function SeatSheet(props: {
  readonly title: string
  readonly seats: readonly SheetSeat[]
  readonly onDone: () => void
}) {
  const say = useSay()
  const { onDone } = props
  useEffect(() => {
    addEventListener('afterprint', onDone)
    // Once it is drawn.
    const timer = setTimeout(() => print())
    return () => {
      clearTimeout(timer)
      removeEventListener('afterprint', onDone)
    }
  }, [onDone])
  return createPortal(
    <div className="seat-sheet">
      <h1>{props.title}</h1>
      <p>{say('sheet.how', { url: location.origin })}</p>
      <ul>
        {props.seats.map((seat) => (
          <li key={seat.seatId}>
            <QrCode text={seat.url} label={say('seats.qr', { seat: seat.name })} />
            <div>
              <b>{seat.name}</b>
              {seat.label && <p>{seat.label}</p>}
              {seat.code && <p className="seat-code">{seat.code}</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>,
    document.body,
  )
}
