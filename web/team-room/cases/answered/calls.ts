import type { Sources } from './routes.ts'
import type { Unit } from './source-units.ts'

/** Methods of what every program is made of: who calls one calls nothing of the service's own. */
const EVERYWHERE = new Set(
  'get set has add delete find filter map some every push query json text html all route use then catch at join split'.split(
    ' ',
  ),
)
const FURTHEST = 6
const MOST_UNITS = 400

/** Pure: what a unit leads to, by how many calls away it is; the unit itself is 0. What was asked once is remembered. */
export function openCalls(sources: Sources): (from: readonly Unit[]) => ReadonlyMap<Unit, number> {
  const known = new Map<Unit, readonly Unit[]>()
  const byName = Map.groupBy(
    [...sources.values()].flatMap(({ units }) => units.filter(({ name }) => name !== '')),
    ({ name }) => name,
  )
  const called = (unit: Unit): readonly Unit[] => {
    const before = known.get(unit)
    if (before) return before
    const units = calledBy(unit, sources, byName)
    known.set(unit, units)
    return units
  }
  return (from) => {
    const away = new Map<Unit, number>()
    let edge = from
    for (let depth = 0; depth < FURTHEST && away.size < MOST_UNITS; depth++) {
      for (const unit of edge) away.set(unit, depth)
      edge = [...new Set(edge.flatMap(called))].filter((unit) => !away.has(unit))
    }
    return away
  }
}

/** Units that a unit names: of its own file, of what that imports, and methods of which there is one file. */
function calledBy(
  { file, text }: Unit,
  sources: Sources,
  byName: ReadonlyMap<string, readonly Unit[]>,
): readonly Unit[] {
  const imports = sources.get(file)?.imports ?? new Map<string, string>()
  const imported = new Set(imports.values())
  const named = [...new Set(text.match(/[A-Za-z_$][\w$]*/g))].flatMap((name) => {
    const from = imports.get(name)
    return byName.get(name)?.filter((unit) => unit.file === file || unit.file === from) ?? []
  })
  const methods = [...new Set([...text.matchAll(/\.(\w+)\(/g)].map(([, name = '']) => name))].flatMap(
    (name) => {
      const units = EVERYWHERE.has(name) ? [] : (byName.get(name) ?? [])
      const only = new Set(units.map((unit) => unit.file)).size === 1
      return units.filter((unit) => only || imported.has(unit.file))
    },
  )
  return [...named, ...methods]
}
