import { SAILINGS } from './sailings.ts'

export interface Order {
  readonly sailing: string
  readonly passenger: string
  /** Euros. */
  readonly price: number
}

/** What somebody asks for, at the price of the timetable; null when it is no order. Apps send the price that they showed, too. */
export function readOrder(body: unknown): Order | null {
  const { sailing, passenger } = Object(body) as Record<string, unknown>
  const found = SAILINGS.find(({ id }) => id === sailing)
  if (!found || typeof passenger !== 'string' || passenger.trim() === '') return null
  return { sailing: found.id, passenger: passenger.trim().slice(0, 200), price: found.price }
}
