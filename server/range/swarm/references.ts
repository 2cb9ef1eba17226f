import type { ReferenceLook } from '../../engine/ports/range-news.ts'

/** Pure: what the references of several machines say together, of each word the worst; null while there is none. */
export function worstOf(looks: readonly (ReferenceLook | null)[]): ReferenceLook | null {
  const seen = looks.filter((look) => look !== null)
  if (seen.length === 0) return null
  const most = (values: readonly (number | null)[]): number | null => {
    const told = values.filter((value) => value !== null)
    return told.length === 0 ? null : Math.max(...told)
  }
  return {
    ms: Math.max(...seen.map(({ ms }) => ms)),
    answered: seen.every(({ answered }) => answered),
    probesMs: Math.max(...seen.map(({ probesMs }) => probesMs)),
    pressure: {
      processors: most(seen.map(({ pressure }) => pressure.processors)),
      memory: most(seen.map(({ pressure }) => pressure.memory)),
      disk: most(seen.map(({ pressure }) => pressure.disk)),
    },
  }
}
