import type { Request } from './requests.ts'
import type { Source, Unit } from './source-units.ts'

/** Sources by path. */
export type Sources = ReadonlyMap<string, Source>

/** A route with the whole path under which it answers. */
interface Placed {
  readonly unit: Unit
  readonly method: string
  readonly path: string
}

/** Pure: all routes, with the paths under which their files are mounted. */
export function routesIn(sources: Sources): readonly Placed[] {
  const prefixes = new Map<string, string[]>()
  for (const [file, { mounts, imports }] of sources)
    for (const { path, name } of mounts) {
      const target = imports.get(name) ?? file
      prefixes.set(target, [...(prefixes.get(target) ?? []), path.replace(/\/$/, '')])
    }
  return [...sources].flatMap(([file, { units }]) =>
    units.flatMap((unit) => {
      const { route } = unit
      if (!route) return []
      const at = prefixes.get(file) ?? ['']
      return at.map((prefix) => ({ unit, method: route.method, path: `${prefix}${route.path}` }))
    }),
  )
}

/** Pure: the routes that a request comes to; where several fit, those with the fewest parameters. */
export function routesFor({ method, paths }: Request, routes: readonly Placed[]): readonly Unit[] {
  for (const asked of paths) {
    const fit = routes
      .filter((route) => route.method === 'ALL' || route.method === method)
      .map(({ unit, path }) => ({ unit, how: fits(partsOf(path), partsOf(asked)) }))
    const best = Math.max(-1, ...fit.map(({ how }) => how))
    if (best >= 0) return fit.filter(({ how }) => how === best).map(({ unit }) => unit)
  }
  return []
}

/** How well a route's path takes in a request's: two for each part that is the same, one for each parameter; -1: not at all. */
function fits(pattern: readonly string[], asked: readonly string[]): number {
  let how = 0
  for (const [index, part] of pattern.entries()) {
    const is = asked[index]
    if (part === '*' || part.endsWith('{.+}')) return how
    if (is === undefined || (part !== is && !part.startsWith(':'))) return -1
    how += part === is ? 2 : 1
  }
  return pattern.length === asked.length ? how : -1
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '')
