export interface Sailing {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly at: string
  /** Euros. */
  readonly price: number
}

export const SAILINGS: readonly Sailing[] = [
  { id: 'morning', from: 'Rannalinn', to: 'Saareots', at: '07:30', price: 12.5 },
  { id: 'noon', from: 'Saareots', to: 'Rannalinn', at: '12:15', price: 12.5 },
  { id: 'evening', from: 'Rannalinn', to: 'Kaugrahu', at: '18:40', price: 19 },
]
