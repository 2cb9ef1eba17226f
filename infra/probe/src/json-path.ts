/** Reads `$.a.b[0].c`, `$[0].x`, `$['odd name']` and a final `.length` of lists and texts. Undefined where there is nothing. */
export function jsonAt(value: unknown, path: string): unknown {
  if (!path.startsWith('$')) return undefined
  const parts = [...path.slice(1).matchAll(/\.([\p{L}\p{N}_$-]+)|\[(\d+)\]|\['([^']*)'\]/gu)]
  if (parts.map(([all]) => all).join('') !== path.slice(1)) return undefined
  let at: unknown = value
  for (const [, name, index, quoted] of parts) {
    const key = name ?? quoted ?? Number(index)
    if (at === null || at === undefined) return undefined
    if (key === 'length' && (Array.isArray(at) || typeof at === 'string')) at = at.length
    else if (Array.isArray(at) && typeof key === 'number') at = at[key]
    else if (typeof at === 'object' && Object.hasOwn(at, key)) at = (at as Record<string, unknown>)[key]
    else return undefined
  }
  return at
}
