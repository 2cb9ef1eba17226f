import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { delimiter, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { packFolders } from '../../server/cli/settings.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'
import { type Harbour, harbour } from '../kit/harbour.ts'
import { fixture } from './fixture.ts'

const CLI = resolve(import.meta.dirname, '../../server/cli.ts')

/** Diagnostics as `file:line:column code message`; what lies below the folder is told from there, in messages too. */
async function complaints(
  made: Pick<Harbour, 'root' | 'scenario'>,
  packs: readonly string[],
  infra?: string,
) {
  const found = await checkScenario(made.scenario, { packs, ...(infra !== undefined && { infra }) })
  return found.map(({ file, line, column, code, message }) =>
    `${relative(made.root, file)}:${line}:${column} ${code} ${message}`.replaceAll(`${made.root}/`, ''),
  )
}

describe('a service outside the repository', () => {
  test('is checked, loaded and planted, with a weakness from beside the scenario', async () => {
    const made = await harbour()
    expect(await complaints(made, [made.pack])).toEqual([])
    const { scenario, range, patches } = await loadScenario(made.scenario, { packs: [made.pack] })
    expect(range.services).toMatchObject([
      {
        id: 'ferry',
        folder: join(made.pack, 'services/ferry'),
        plants: [
          {
            weakness: 'ferry/ticket-without-key',
            patch: join(made.pack, 'services/ferry/weaknesses/ticket-without-key/plant.patch'),
          },
          {
            weakness: 'ferry/price-of-choice',
            patch: join(made.scenario, 'weaknesses/ferry/price-of-choice/plant.patch'),
          },
        ],
      },
    ])
    expect(Object.keys(range.journeys)).toEqual(['ferry/alive', 'ferry/book-a-crossing'])
    expect(patches['ferry/price-of-choice']?.wrongFixes.map(({ name }) => name)).toEqual([
      'no-price',
      'not-free',
    ])
    expect(scenario.services[0]).toMatchObject({ id: 'ferry', icon: 'ship' })
  })

  test('may stand beside the scenario just as well', async () => {
    const made = await harbour()
    await rename(join(made.pack, 'services'), join(made.scenario, 'services'))
    expect(await complaints(made, [])).toEqual([])
  })

  test('is nowhere without its pack, and neither has it weaknesses', async () => {
    const made = await harbour()
    expect(await complaints(made, [])).toEqual([
      'scenario/scenario.yaml:12:11 unknown-service there is no service `ferry`',
      'scenario/scenario.yaml:13:14 unknown-weakness there is no weakness `ferry/ticket-without-key`',
      'scenario/scenario.yaml:13:40 unknown-weakness there is no weakness `ferry/price-of-choice`',
      'scenario/scenario.yaml:29:19 unknown-journey `ferry/book-a-crossing` is no journey of a deployed service',
      'scenario/weaknesses/ferry:1:1 unknown-service there is no service `ferry` to have weaknesses; here they are `weaknesses/<service>/<name>/`',
    ])
  })

  test('may be the sources of another, from another root', async () => {
    const made = await harbour()
    const night = join(made.scenario, 'services/night-ferry')
    await cp(join(made.pack, 'services/ferry/journeys'), join(night, 'journeys'), { recursive: true })
    const yaml = await readFile(join(made.pack, 'services/ferry/service.yaml'), 'utf8')
    await writeFile(join(night, 'service.yaml'), yaml.replace('id: ferry', 'id: night-ferry\nsources: ferry'))
    const file = join(made.scenario, 'scenario.yaml')
    const scenario = await readFile(file, 'utf8')
    await writeFile(file, scenario.replace('  - { id: ferry }', '  - { id: ferry }\n  - { id: night-ferry }'))
    expect(await complaints(made, [made.pack])).toEqual([])
    const { range } = await loadScenario(made.scenario, { packs: [made.pack] })
    expect(range.services[1]?.folder).toBe(join(made.pack, 'services/ferry'))
  })
})

test('a pack adds a weakness to a service of the repository’s own', async () => {
  const { root, scenario, infra } = await fixture({
    file: 'scenario/scenario.yaml',
    content: (
      await readFile(resolve(import.meta.dirname, 'fixtures/scenario/scenario.yaml'), 'utf8')
    ).replaceAll('desk/open-drawer', 'desk/second-drawer'),
  })
  const pack = join(root, 'pack')
  await cp(join(infra, 'services/desk/weaknesses/open-drawer'), join(pack, 'weaknesses/desk/second-drawer'), {
    recursive: true,
  })
  expect(await complaints({ root, scenario }, [pack], infra)).toEqual([])
  const { range } = await loadScenario(scenario, { packs: [pack], infra })
  expect(range.services[1]?.plants).toEqual([
    { weakness: 'desk/second-drawer', patch: join(pack, 'weaknesses/desk/second-drawer/plant.patch') },
  ])
})

describe('a name that stands twice', () => {
  test('is an error that shows both: services', async () => {
    const made = await harbour()
    const other = join(made.root, 'other')
    await cp(made.pack, other, { recursive: true })
    expect(await complaints(made, [made.pack, other])).toEqual([
      'other/services/ferry/service.yaml:1:1 name-twice `ferry` stands twice: here, and in pack/services/ferry/service.yaml',
    ])
  })

  test('is an error that shows both: weaknesses', async () => {
    const made = await harbour()
    const theirs = join(made.pack, 'weaknesses/ferry/price-of-choice')
    await cp(join(made.scenario, 'weaknesses/ferry/price-of-choice'), theirs, { recursive: true })
    expect(await complaints(made, [made.pack])).toEqual([
      'pack/weaknesses/ferry/price-of-choice/weakness.yaml:1:1 name-twice `ferry/price-of-choice` stands twice: here, and in scenario/weaknesses/ferry/price-of-choice/weakness.yaml',
    ])
  })

  test('also one of ours', async () => {
    const made = await harbour()
    await cp(join(made.pack, 'services/ferry'), join(made.pack, 'services/tax'), { recursive: true })
    const ours = resolve(import.meta.dirname, '../../infra/services/tax/service.yaml')
    const [said] = await complaints(made, [made.pack])
    expect(said).toMatch(
      /^pack\/services\/tax\/service\.yaml:1:1 name-twice `tax` stands twice: here, and in /,
    )
    expect(resolve(said?.split('and in ')[1] ?? '')).toBe(ours)
  })

  test('not when one folder is named twice', async () => {
    const made = await harbour()
    expect(await complaints(made, [made.pack, `${made.scenario}/../pack`, made.scenario])).toEqual([])
  })
})

describe('a folder that is not what it should be', () => {
  test('a pack without services and weaknesses', async () => {
    const made = await harbour()
    const empty = join(made.root, 'empty')
    await mkdir(empty)
    expect(await complaints(made, [made.pack, empty])).toEqual([
      'empty:1:1 no-pack this is no pack: a pack is a folder with `services/`, `weaknesses/` or both in it',
    ])
  })

  test('weaknesses of a service that is elsewhere, where a service belongs', async () => {
    const made = await harbour()
    await mkdir(join(made.scenario, 'services/ferry/weaknesses/x'), { recursive: true })
    expect(await complaints(made, [made.pack])).toEqual([
      'scenario/services/ferry:1:1 no-service `ferry` has no service.yaml; weaknesses of a service that is elsewhere go into `weaknesses/ferry/` beside `services/`',
    ])
  })

  test('a name that the platform uses itself', async () => {
    const made = await harbour()
    await cp(join(made.pack, 'services/ferry'), join(made.pack, 'services/probe'), { recursive: true })
    expect(await complaints(made, [made.pack])).toEqual([
      'pack/services/probe/service.yaml:1:1 name-taken no service is called `probe`: the container that plays citizens and attackers is called so',
    ])
  })
})

test('mistakes in a pack have a place in a file that can be opened', async () => {
  const made = await harbour()
  const journey = join(made.pack, 'services/ferry/journeys/book-a-crossing.yaml')
  await writeFile(journey, (await readFile(journey, 'utf8')).replace('every: 20s', 'every: often'))
  const patch = join(made.pack, 'services/ferry/weaknesses/ticket-without-key/plant.patch')
  await writeFile(patch, (await readFile(patch, 'utf8')).replace('sameSecret(key', 'sameSecret(word'))
  const found = await checkScenario(made.scenario, { packs: [made.pack] })
  expect(found.map(({ file, line, column, code }) => [file, line, column, code])).toEqual([
    [journey, 2, 8, 'bad-value'],
    [patch, 2, 1, 'patch-does-not-apply'],
  ])
  expect(found.every(({ file }) => existsSync(file))).toBe(true)
})

describe('the hash', () => {
  const hashOf = async ({ scenario }: Harbour, packs: readonly string[]) =>
    (await loadScenario(scenario, { packs })).hash

  test('is the same wherever the folders lie, and in whichever root a service or weakness is found', async () => {
    const [one, other, moved] = [await harbour(), await harbour(), await harbour()]
    const hash = await hashOf(one, [one.pack])
    expect(await hashOf(other, [other.pack])).toBe(hash)
    await rename(join(moved.scenario, 'weaknesses'), join(moved.pack, 'weaknesses'))
    await rename(join(moved.pack, 'services'), join(moved.scenario, 'services'))
    expect(await hashOf(moved, [moved.pack])).toBe(hash)
    const more = join(one.root, 'more')
    await cp(join(one.scenario, 'weaknesses/ferry/price-of-choice'), join(more, 'weaknesses/ferry/unused'), {
      recursive: true,
    })
    expect(await hashOf(one, [more, one.pack])).toBe(hash)
  })

  test.each([
    ['a source of a pack', 'pack/services/ferry/src/sailings.ts'],
    ['a journey of a pack', 'pack/services/ferry/journeys/alive.yaml'],
    ['a weakness beside the scenario', 'scenario/weaknesses/ferry/price-of-choice/weakness.yaml'],
  ])('knows %s', async (_name, file) => {
    const [before, after] = [await harbour(), await harbour()]
    await appendFile(join(after.root, file), '\n# or so\n'.replace('#', file.endsWith('.ts') ? '//' : '#'))
    expect(await hashOf(after, [after.pack])).not.toBe(await hashOf(before, [before.pack]))
  })

  test('of a scenario without packs is what it was before there were any', async () => {
    const files = ['store/service', 'desk/service', 'desk/weaknesses/open-drawer/weakness']
    const made = await fixture(
      // As they were written then.
      ...files.map((name) => ({ file: `infra/services/${name}.yaml`, from: 'publicText:', to: 'plain:' })),
      { file: 'scenario/scenario.yaml', from: '      jitter: 30s\n', to: '' },
      { file: 'infra/services/desk/weaknesses/open-drawer/other-fixes', content: null },
    )
    expect((await loadScenario(made.scenario, { infra: made.infra })).hash).toBe(
      'b19cfa2feaf19496e2cfb8fea2a1ad705f295649ae9ce8f70fed6dcef56a46d3',
    )
  })
})

describe('packs on the command line', () => {
  test('come from --pack, again and again, then from KILP_PACKS, seen from where the person stands', async () => {
    const { root, pack, scenario } = await harbour()
    const env = { INIT_CWD: root, KILP_PACKS: `pack${delimiter}${scenario}` }
    expect(packFolders(['scenario', pack], env)).toEqual([scenario, pack, pack, scenario])
    expect(packFolders(undefined, { INIT_CWD: root })).toEqual([])
    expect(() => packFolders(['pak'], env)).toThrow('There is no pack folder pak.')
  })

  test('reach `kilp check`, which names files as the person can open them', async () => {
    const made = await harbour()
    const more = join(made.root, 'more')
    await mkdir(more)
    await rename(join(made.scenario, 'weaknesses'), join(more, 'weaknesses'))
    await writeFile(join(made.pack, 'services/ferry/journeys/alive.yaml'), 'title: [')
    await writeFile(join(more, 'weaknesses/ferry/price-of-choice/weakness.yaml'), 'title: [')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [CLI, 'check', '../scenario', '--pack', '.', '--json'],
      { cwd: made.pack, env: { ...process.env, INIT_CWD: made.pack, KILP_PACKS: more } },
    ).catch((error: { stdout: string }) => error)
    const files = JSON.parse(stdout).diagnostics.map(({ file }: { file: string }) => file)
    expect(new Set(files)).toEqual(
      new Set([
        `${more}/weaknesses/ferry/price-of-choice/weakness.yaml`,
        'services/ferry/journeys/alive.yaml',
        // Which has no light check that can be read.
        'services/ferry/service.yaml',
      ]),
    )
  }, 90_000)
})
