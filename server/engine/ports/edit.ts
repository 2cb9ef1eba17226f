/** A patch of a service's sources (git format), to be applied or taken back. */
export interface Edit {
  readonly patch: string
  readonly reverse: boolean
}
