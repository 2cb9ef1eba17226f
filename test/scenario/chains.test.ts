import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, type Edit, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const OPEN_DRAWER = 'infra/services/desk/weaknesses/open-drawer/weakness.yaml'

const late = (to: string): Edit => ({ file: SCENARIO, from: '      at: 3m\n', to: `      at: 3m\n${to}` })
const first = (to: string): Edit => ({
  file: SCENARIO,
  from: '      at: 1m30s\n',
  to: `      at: 1m30s\n${to}`,
})

/** The fixture with a second weakness whose exploit says `used`, attacked as `attack` says. */
async function withLoot(used: string, attack: string, ...edits: readonly Edit[]) {
  const made = await fixture(
    {
      file: SCENARIO,
      from: 'weaknesses: [desk/open-drawer]',
      to: 'weaknesses: [desk/open-drawer, desk/second]',
    },
    ...edits,
  )
  const folder = join(made.infra, 'services/desk/weaknesses')
  await cp(join(folder, 'open-drawer'), join(folder, 'second'), { recursive: true })
  const path = join(folder, 'second/weakness.yaml')
  const text = await readFile(path, 'utf8')
  await writeFile(
    path,
    `${text.slice(0, text.indexOf('exploit:'))}exploit:\n  - http: GET http://desk/?key=${used}\n${text.slice(text.indexOf('witness:'))}`,
  )
  const scenario = join(made.scenario, 'scenario.yaml')
  const timeline = await readFile(scenario, 'utf8')
  await writeFile(scenario, timeline.replace('  attacks:\n', `  attacks:\n${attack}`))
  return (await complaints(made)).filter((line) => /unknown-template|no-way-in/.test(line))
}

const second = (after: string) =>
  `    - { id: second, at: 4m, ${after}weakness: desk/second, title: { en: S, et: S, ja: S } }\n`
const REMEMBER =
  'exploit:\n  - http: GET http://desk/\n    capture: { key: { body: true } }\n    remember: [key]\n'
const remembering: Edit = { file: OPEN_DRAWER, from: 'exploit:\n', to: REMEMBER }
const USE = '{{loot.desk/open-drawer.key}}'

describe('attacks that follow one another', () => {
  test('the earlier one is over before the later may begin: it is compiled', async () => {
    const made = await fixture(late('      after: drawer-first\n'))
    expect(await complaints(made)).toEqual([])
    const { scenario } = await loadScenario(made.scenario, { infra: made.infra })
    expect(scenario.attacks.map(({ id, after }) => [id, after])).toEqual([
      ['drawer-first', undefined],
      ['drawer-late', 'drawer-first'],
    ])
  })

  test.each([
    [
      'after what there is not',
      [late('      after: drawer-frist\n')],
      'unknown-attack there is no attack `drawer-frist`; did you mean `drawer-first`?',
    ],
    [
      'after a later one',
      [first('      after: drawer-late\n')],
      'after-too-late `drawer-late` may come as late as 3m30s, and this one as early as 1m20s',
    ],
    ['after itself', [late('      after: drawer-late\n')], 'cycle `drawer-late` comes after itself'],
  ] as const)('%s', async (_, edits, expected) => {
    const found = await complaints(await fixture(...edits))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
    expect(found[0]).toContain(`${SCENARIO}:`)
  })

  test('an attack without an id is told to have none, and to be in no circle', async () => {
    const nameless: Edit = {
      file: SCENARIO,
      from: '    - id: drawer-late\n      at: 3m\n',
      to: '    - at: 3m\n      after: drawer-first\n',
    }
    const found = await complaints(await fixture(nameless))
    expect(found).not.toEqual([])
    expect(found.filter((line) => line.includes('cycle'))).toEqual([])
  })

  test('a circle of two is told at both, and as a circle', async () => {
    const found = await complaints(
      await fixture(late('      after: drawer-first\n'), first('      after: drawer-late\n')),
    )
    expect(found.map((line) => line.split(' ')[1])).toEqual(['cycle', 'cycle'])
  })
})

describe('loot', () => {
  test('may be used where an attack on its weakness is on the way', async () => {
    expect(await withLoot(USE, second('after: drawer-late, '), remembering)).toEqual([])
    expect(
      await withLoot(USE, second('after: drawer-late, '), remembering, late('      after: drawer-first\n')),
    ).toEqual([])
  })

  test('without a way to it there is none', async () => {
    const found = await withLoot(USE, second(''), remembering)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('no-way-in `desk/second` uses what `desk/open-drawer` carries off')
  })

  test('is only what the exploit of a planted weakness remembers', async () => {
    expect((await withLoot(USE, second('after: drawer-late, ')))[0]).toContain(
      'unknown-template `loot.desk/open-drawer.key` is not a template name here',
    )
    const near = await withLoot('{{loot.desk/open-drawer.kye}}', second('after: drawer-late, '), remembering)
    expect(near[0]).toContain('did you mean `loot.desk/open-drawer.key`?')
  })
})

describe('a foothold of its own', () => {
  const FOOTHOLD = 'foothold:\n  - http: GET http://desk/?again={{memory.key}}\n'
  const added = (to: string): Edit => ({ file: OPEN_DRAWER, from: 'exploit:\n', to: `${to}${REMEMBER}` })

  test('knows what the exploit remembers, and comes with a cleanup', async () => {
    const made = await fixture(added(`cleanup: rm -f /srv/data/x\n${FOOTHOLD}`))
    expect(await complaints(made)).toEqual([])
    const { range, patches } = await loadScenario(made.scenario, { infra: made.infra })
    expect(range.footholds['desk/open-drawer']?.steps).toMatchObject([
      { http: { url: 'http://desk/?again={{memory.key}}' } },
    ])
    expect(patches['desk/open-drawer']).toMatchObject({ foothold: true, cleanup: 'rm -f /srv/data/x' })
  })

  test('one without the other is half of it', async () => {
    for (const half of [FOOTHOLD, 'cleanup: rm -f /srv/data/x\n'])
      expect((await complaints(await fixture(added(half))))[0]).toContain('half-foothold')
  })
})
