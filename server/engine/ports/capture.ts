/** Bounds of one recording of traffic. */
export interface CaptureBounds {
  /** Wall time. */
  readonly forMs: number
  readonly maxBytes: number
}
