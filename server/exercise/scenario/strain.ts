/** What a machine has too little of. `platform`: it is Kilp's own process that is late; `looks`: there are more looks than it can take. */
export const STRAIN_CAUSES = ['processors', 'memory', 'disk', 'platform', 'looks', 'machine'] as const
export type StrainCause = (typeof STRAIN_CAUSES)[number]

/** Why nobody looked: there is more to do than the machine can, or looks failed for reasons of our own. */
export type UnseenWhy = 'late' | 'fault'
