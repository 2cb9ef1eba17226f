import { describe, expect, test } from 'vitest'
import { circles, type Imports, importsIn, readImports } from './imports.ts'
import { DRIVERS, EXERCISE_ROOMS, MAY_IMPORT } from './rooms.ts'

const house = readImports(['server', 'web', 'infra'])
const within = (file: string, place: string) => file === place || file.startsWith(`${place}/`)
const roomOf = (file: string): string =>
  Object.keys(MAY_IMPORT)
    .filter((room) => within(file, room))
    .toSorted((a, b) => b.length - a.length)[0] ?? ''
const pairs = (imports: Imports) =>
  [...imports].flatMap(([file, targets]) => targets.map((target) => [file, target] as const))
const written = ([file, target]: readonly [string, string]) => `${file} imports ${target}`

describe('imports of the house', () => {
  test('none go round in a circle, not even for a type', () => {
    expect(house.size).toBeGreaterThan(600)
    expect(circles(house).map((circle) => circle.join(' -> '))).toEqual([])
  })

  test('each room imports only what the table of rooms lets it', () => {
    expect([...house.keys()].filter((file) => roomOf(file) === '')).toEqual([])
    const wrong = pairs(house).filter(([file, target]) => {
      const room = roomOf(file)
      return house.has(target) && ![room, ...(MAY_IMPORT[room] ?? [])].some((place) => within(target, place))
    })
    expect(wrong.map(written)).toEqual([])
  })

  test('rooms of the core import only those before them, and the core no package at all', () => {
    const place = (file: string) =>
      EXERCISE_ROOMS.findIndex((room) => within(file, `server/exercise/${room}`))
    const core = pairs(house).filter(([file]) => within(file, 'server/exercise'))
    expect(core.length).toBeGreaterThan(100)
    const wrong = core.filter(([file, target]) => !house.has(target) || place(target) > place(file))
    expect(wrong.map(written)).toEqual([])
  })

  test('a driver is known to one room', () => {
    const strayed = pairs(house).filter(([file, target]) => {
      const driver = Object.keys(DRIVERS).find((name) => within(target, name))
      return driver !== undefined && file.startsWith('server/') && !within(file, DRIVERS[driver] ?? '')
    })
    expect(strayed.map(written)).toEqual([])
    const known = Object.keys(DRIVERS).filter((driver) =>
      pairs(house).some(([, target]) => within(target, driver)),
    )
    expect(known).toEqual(Object.keys(DRIVERS))
  })
})

describe('how imports are read', () => {
  test('values, types, effects, what is loaded later and what is passed on; not what a comment says', () => {
    const source = `
      import { a } from './a.ts'
      import type { B } from './b.ts'
      import './c.css'
      export { d } from "./d.ts"
      const e = () => import('./e.ts')
      // import { f } from './f.ts'
      /* from './g.ts' */
      const text = 'comes from here'`
    expect(importsIn(source)).toEqual(['./a.ts', './b.ts', './c.css', './d.ts', './e.ts'])
  })

  test('a circle is found by each of its ways back', () => {
    const imports = new Map([
      ['a', ['b', 'node:fs']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['b']],
    ])
    expect(circles(imports)).toEqual([
      ['a', 'b', 'c', 'a'],
      ['b', 'd', 'b'],
    ])
  })
})
