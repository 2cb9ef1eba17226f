import { execFileSync } from 'node:child_process'
import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const JOURNEY = 'infra/services/desk/journeys/hand-in.yaml'

test('a folder where a file belongs', async () => {
  const made = await fixture()
  await rm(join(made.root, SCENARIO))
  await mkdir(join(made.root, SCENARIO))
  expect(await complaints(made)).toEqual([`${SCENARIO}:1:1 file-unreadable this is not a file`])
})

test('a named pipe where a file belongs does not wait for somebody to write', async () => {
  const made = await fixture()
  await rm(join(made.root, SCENARIO))
  execFileSync('mkfifo', [join(made.root, SCENARIO)])
  expect(await complaints(made)).toEqual([`${SCENARIO}:1:1 file-unreadable this is not a file`])
})

test('a symbolic link is refused: what stands behind it would be in no hash and no image', async () => {
  const made = await fixture()
  await rename(join(made.root, SCENARIO), join(made.root, 'elsewhere.yaml'))
  await symlink('../elsewhere.yaml', join(made.root, SCENARIO))
  await symlink('services', join(made.scenario, 'services'))
  const refusal = 'symbolic-link this is a symbolic link; put the file or folder itself here'
  const found = await complaints(made)
  expect(found).toContain(`${SCENARIO}:1:1 ${refusal}`)
  expect(found).toContain(`scenario/services:1:1 ${refusal}`)
})

test('a scenario folder that is not there', async () => {
  const made = await fixture()
  expect(await complaints({ ...made, scenario: join(made.root, 'elsewhere') })).toEqual([
    'elsewhere/scenario.yaml:1:1 file-missing the file is missing',
  ])
})

test('a file over 1 MiB is not read', async () => {
  const made = await fixture({ file: JOURNEY, content: `title: ${'x'.repeat(1024 * 1024)}` })
  expect(await complaints(made)).toContain(
    `${JOURNEY}:1:1 file-too-big the file has 1048583 bytes; at most 1048576 are read`,
  )
})

test('a file that is not UTF-8 says where', async () => {
  const made = await fixture({ file: SCENARIO, content: Buffer.from('kilp: 1\nslug: p\xf5hi\n', 'latin1') })
  expect(await complaints(made)).toEqual([
    `${SCENARIO}:1:1 not-utf8 the file is not UTF-8 text (first bad byte at 15)`,
  ])
})

test('an alias bomb is refused, and quickly', async () => {
  const level = (n: number) =>
    `l${n}: &l${n} [${Array(9)
      .fill(`*l${n - 1}`)
      .join(', ')}]`
  const bomb = ['l0: &l0 boom', ...Array.from({ length: 12 }, (_, n) => level(n + 1))].join('\n')
  const since = performance.now()
  const [found = ''] = await complaints(await fixture({ file: SCENARIO, content: bomb }))
  expect(found).toContain(`${SCENARIO}:1:1 alias-bomb aliases unfold too far`)
  expect(performance.now() - since).toBeLessThan(5000)
})

test('an alias in good faith is followed, and mistakes in it have a place', async () => {
  const made = await fixture(
    {
      file: SCENARIO,
      from: 'name: { en: North, et: Põhi, ja: 北 }',
      to: 'name: &name { en: North, et: Põhi }',
    },
    { file: SCENARIO, from: 'name: { en: South, et: Lõuna, ja: 南 }', to: 'name: *name' },
  )
  expect(await complaints(made)).toEqual([
    `${SCENARIO}:9:30 missing-text this is not there in \`ja\``,
    `${SCENARIO}:10:24 missing-text this is not there in \`ja\``,
  ])
})

test('brackets without end are an error, not a crash', async () => {
  const found = await complaints(await fixture({ file: SCENARIO, content: '['.repeat(200_000) }))
  expect(found.length).toBeGreaterThan(0)
  expect(found[0]).toMatch(/yaml-syntax/)
})

test('a key called __proto__ is a key like any other', async () => {
  const made = await fixture({ file: SCENARIO, from: 'kilp: 1', to: 'kilp: 1\n__proto__: { slug: x }' })
  expect((await complaints(made))[0]).toContain(`${SCENARIO}:2:1 unknown-key \`__proto__\` is not a key here`)
})

test('Windows line ends load as well', async () => {
  const made = await fixture({ file: JOURNEY, content: null })
  const journey = `title: { en: a, et: b, ja: c }\r\nevery: 20s\r\nsteps:\r\n  - http: GET http://desk/\r\n`
  const crlf = await fixture({ file: JOURNEY, content: journey })
  expect(
    (await loadScenario(crlf.scenario, { infra: crlf.infra })).range.journeys['desk/hand-in']?.steps,
  ).toHaveLength(1)
  expect(await complaints(made)).toHaveLength(1)
})

test('everything that is wrong is told at once, in reading order', async () => {
  const made = await fixture(
    { file: SCENARIO, from: 'kilp: 1', to: 'kilpp: 1' },
    { file: SCENARIO, from: 'country: NN', to: 'country: n' },
    { file: SCENARIO, from: 'at: 3m', to: 'at: 30m' },
    { file: JOURNEY, from: 'every: 1m', to: 'every: often' },
    { file: JOURNEY, from: '{{random.text}}', to: '{{random.txt}}' },
    { file: 'infra/services/desk/service.yaml', from: 'needs: [store]', to: 'needs: [stroe]' },
  )
  expect((await complaints(made)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    `${JOURNEY}:2:8 bad-value`,
    `${JOURNEY}:12:22 unknown-template`,
    'infra/services/desk/service.yaml:6:9 unknown-service',
    `${SCENARIO}:1:1 missing-key`,
    `${SCENARIO}:1:1 unknown-key`,
    `${SCENARIO}:9:65 bad-value`,
    `${SCENARIO}:24:11 outside-exercise`,
  ])
})
