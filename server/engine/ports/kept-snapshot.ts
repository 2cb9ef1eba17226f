/** What the store keeps of what an audience knows. */
export interface KeptSnapshot {
  readonly audience: string
  /** Hash of the sources that folded it: others might fold differently. */
  readonly madeBy: string
  readonly position: number
  readonly body: Uint8Array
}
