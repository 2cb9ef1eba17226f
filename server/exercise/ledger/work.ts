/** What somebody of a team can say that they work on. */
export const WORK_KINDS = ['service', 'ticket', 'inject', 'case'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** A service, a complaint, a message or a case, by its id. */
export interface WorkSubject {
  readonly kind: WorkKind
  readonly id: string
}

export const sameSubject = (a: WorkSubject, b: WorkSubject): boolean => a.kind === b.kind && a.id === b.id
