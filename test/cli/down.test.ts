import { expect, test } from 'vitest'
import { leftLines } from '../../server/cli/down.ts'

test('after the last installation nothing is left but images, and with --images not those', () => {
  expect(leftLines([], 0, '/d')).toEqual(['Nothing of Kilp is left on the engine.'])
  expect(leftLines([], 19, '/d').join()).toMatch(/^Nothing of Kilp is left on the engine but 19 images/)
})

test('beside others it is said what is left, whose, and how to remove it', () => {
  const others = [
    { home: 'ab12', owner: 'host:/home/ann/.kilp/data', exercises: ['e1'], containers: 51, networks: 6 },
    { home: 'cd34', owner: '', exercises: ['e2', 'e3'], containers: 1, networks: 0 },
  ]
  expect(leftLines(others, 19, '/d')).toEqual([
    'Nothing of /d is left on the engine. Others have there, and keep:',
    '  51 containers and 6 networks of host:/home/ann/.kilp/data, exercise e1',
    '  1 containers and 0 networks of installation cd34, exercise e2, e3',
    "  the host's rules that keep enclaves in",
    '  19 images',
    'To remove that too, also from under exercises that run: npm run down -- --all',
  ])
})
