import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { surprised } from '../../server/engine/platform/surprise.ts'
import { fixedMs } from '../../server/exercise/scenario/trigger.ts'
import { ScenarioInvalid } from '../../server/scenario/diagnostics/scenario-invalid.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const en = (en: string) => expect.objectContaining({ en })

test('the valid fixture has nothing to complain about', async () => {
  expect(await complaints(await fixture())).toEqual([])
})

test('the pure part: defaults filled in, durations in ms, attacks in the order of their moments', async () => {
  const made = await fixture()
  const { scenario, teams } = await loadScenario(made.scenario, { infra: made.infra })
  expect(scenario).toEqual({
    slug: 'two-desks',
    title: en('Two desks'),
    summary: en('A tiny exercise.'),
    durationMs: 300_000,
    population: 1000,
    aliveEveryMs: 4000,
    services: [
      {
        id: 'store',
        title: en('Store'),
        publicText: en('Papers are kept here.'),
        weight: 1,
        needs: [],
        public: false,
        journeys: [{ id: 'alive', title: en('The store answers'), alive: true, everyMs: 4000 }],
      },
      {
        id: 'desk',
        title: en('Desk'),
        publicText: en('People hand in papers here.'),
        weight: 3,
        needs: ['store'],
        public: true,
        journeys: [
          { id: 'alive', title: en('The desk answers'), alive: true, everyMs: 4000 },
          { id: 'hand-in', title: en('Hand in a paper'), alive: false, everyMs: 25_000 },
        ],
      },
    ],
    citizens: {
      visitsPerMinute: 6,
      personas: [
        {
          id: 'clerk',
          name: { en: 'A clerk', et: 'Ametnik', ja: '事務員' },
          age: 40,
          device: { en: 'a desktop', et: 'lauaarvuti', ja: 'パソコン' },
          role: 'worker',
          share: 1,
          thinkMs: 500,
          journeys: [{ service: 'store', journey: 'alive', use: 0.5 }],
        },
      ],
    },
    weaknesses: [
      {
        id: 'desk/open-drawer',
        service: 'desk',
        title: en('Open drawer'),
        publicText: en('Anyone reads papers.'),
        technique: 'T1190',
        owasp: 'A01',
        hints: [en('Look at the desk.'), en('Look at the drawer.'), en('Line 3.')],
      },
    ],
    attacks: [
      {
        id: 'drawer-first',
        title: en('The drawer'),
        weakness: 'desk/open-drawer',
        service: 'desk',
        trigger: { kind: 'at', atMs: 90_000 },
        jitterMs: 10_000,
        weight: 2,
      },
      {
        id: 'drawer-late',
        title: en('Again'),
        weakness: 'desk/open-drawer',
        service: 'desk',
        trigger: { kind: 'at', atMs: 180_000 },
        jitterMs: 30_000,
        weight: 5,
      },
    ],
    phases: [
      { id: 'calm', title: en('Calm'), trigger: { kind: 'at', atMs: 0 } },
      { id: 'busy', title: en('Busy'), trigger: { kind: 'at', atMs: 120_000 } },
    ],
    tutor: [],
    injects: [],
    world: [],
    objectives: [],
    scoring: {
      availability: 5000,
      defence: 3000,
      recovery: 2000,
      slowCredit: 0.8,
      brokenCredit: 0.25,
      recoveryFullMs: 30_000,
      recoveryZeroMs: 240_000,
      usability: 0,
      answerWithinMs: 45_000,
      answerHoldsMs: 180_000,
      hintCosts: [10, 20, 40],
      reporting: 0,
      forensics: 0,
      strategic: 0,
      reportWithinMs: 900_000,
      revertCost: 50,
    },
  })
  expect(teams).toEqual([
    { id: 'north', name: { en: 'North', et: 'Põhi', ja: '北' }, country: 'NN', pilot: 'swift' },
  ])
})

test('the range part: steps normalised, plants with their paths, templates untouched', async () => {
  const made = await fixture()
  const { range } = await loadScenario(made.scenario, { infra: made.infra })
  const drawer = join(made.infra, 'services/desk/weaknesses/open-drawer')
  expect(range.services[1]).toEqual({
    id: 'desk',
    folder: join(made.infra, 'services/desk'),
    alive: 'alive',
    networks: ['public', 'state'],
    needs: ['store'],
    memoryMiB: 64,
    cpus: 0.5,
    pids: 64,
    capabilities: [],
    readyWithinMs: 30_000,
    env: { STORE_URL: 'http://store/{{team}}', KEY: '{{private-key:desk}}' },
    plants: [{ weakness: 'desk/open-drawer', patch: join(drawer, 'plant.patch') }],
  })
  expect(range.journeys['desk/hand-in']).toEqual({
    setup: [],
    slowAfterMs: 1500,
    deadlineMs: 30_000,
    steps: [
      {
        name: 'Find the earlier paper',
        when: '{{memory.paper}}',
        deadlineMs: 5000,
        http: { method: 'GET', url: 'http://desk/papers/{{memory.paper | url}}' },
        redirects: 0,
        expect: { text: ['{{memory.words}}'] },
      },
      {
        deadlineMs: 3000,
        http: {
          method: 'POST',
          url: 'http://desk/papers',
          form: { words: '{{random.text}}', pages: '2', signed: 'true' },
        },
        redirects: 3,
        expect: { status: [200, 201], json: { '$.ok': true }, withinMs: 2000 },
        capture: { paper: { json: '$.id' }, words: { regex: 'words="([^"]+)"' } },
        remember: ['paper', 'words'],
      },
      {
        deadlineMs: 5000,
        repeat: {
          times: 5,
          everyMs: 200,
          until: true,
          steps: [
            {
              deadlineMs: 5000,
              http: { method: 'GET', url: 'http://desk/papers/{{paper}}' },
              redirects: 0,
              expect: { regex: '^done' },
            },
            { deadlineMs: 5000, waitMs: 100 },
          ],
        },
      },
    ],
  })
  expect(range.exploits['desk/open-drawer']).toEqual({
    canary: '{{random.text}}',
    setup: [
      {
        name: 'Somebody hands in a paper',
        actor: 'owner',
        deadlineMs: 5000,
        http: { method: 'POST', url: 'http://desk/papers', form: { words: '{{canary}}' } },
        redirects: 0,
        expect: { status: [201] },
        capture: { paper: { json: '$.id' } },
      },
      {
        name: 'The drawer that it lies in is left open',
        deadlineMs: 5000,
        exec: {
          service: 'desk',
          command: ['sh', '-c', 'printf open > "/srv/data/$PAPER"'],
          env: { PAPER: '{{paper}}' },
          user: 'root',
        },
      },
    ],
    steps: [
      {
        deadlineMs: 5000,
        http: { method: 'GET', url: 'http://desk/drawer' },
        redirects: 0,
        expect: { text: ['{{canary}}'] },
      },
    ],
    witness: WITNESS,
    slowAfterMs: 30_000,
    deadlineMs: 30_000,
  })
  // With nobody attacking, the same setup and the witness alone.
  const { setup } = range.exploits['desk/open-drawer'] ?? {}
  expect(range.witnesses['desk/open-drawer']).toMatchObject({ setup, steps: WITNESS })
})

const WITNESS = [
  {
    name: 'Whose paper it is reads it',
    actor: 'owner',
    deadlineMs: 5000,
    http: { method: 'GET', url: 'http://desk/papers/{{paper}}' },
    redirects: 0,
    expect: { text: ['{{canary}}'] },
  },
]

test('what pilots may type and the matrix tries: the plant, fixes by name, and the journeys that a fix must keep alive', async () => {
  const made = await fixture()
  const { patches } = await loadScenario(made.scenario, { infra: made.infra })
  const drawer = patches['desk/open-drawer']
  expect(drawer?.plant).toContain("+  return person !== '' || owner === ''")
  expect(drawer?.wrongFixes.map((fix) => fix.name)).toEqual(['blocklist', 'nobody'])
  expect(drawer?.otherFixes.map((fix) => fix.name)).toEqual(['papers-of-the-owner'])
  expect(drawer?.otherFixes[0]?.patch).toContain(
    '+  person === owner && mayOpen(person, owner) ? papers : []',
  )
  expect(drawer?.journeys).toEqual(['desk/alive', 'desk/hand-in'])
})

test('jitter: drawn within its bounds by the secret seed of an exercise, never by what is in the scenario', async () => {
  const made = await fixture()
  const momentOf = async (seed: string, folder = made.scenario) => {
    const { scenario } = await loadScenario(folder, { infra: made.infra })
    const drawer = surprised(scenario, seed).attacks.find((attack) => attack.id === 'drawer-first')
    return (drawer && fixedMs(drawer.trigger)) ?? Number.NaN
  }
  const moments = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((seed) => momentOf(seed)))
  for (const moment of moments) expect(Math.abs(moment - 90_000)).toBeLessThanOrEqual(10_000)
  expect(new Set(moments).size).toBe(5)
  const other = await fixture({ file: SCENARIO, from: 'id: drawer-late', to: 'id: drawer-later' })
  expect(await momentOf('a', other.scenario)).toBe(moments[0])
})

test('teams: the first so many, and an error with its place when there are not so many', async () => {
  const made = await fixture()
  const { teams } = await loadScenario(made.scenario, { infra: made.infra, teams: 2 })
  expect(teams.map((team) => team.id)).toEqual(['north', 'south'])
  for (const asked of [0, 3, 1.5]) {
    const failure = await loadScenario(made.scenario, { infra: made.infra, teams: asked }).catch(
      (error: unknown) => error,
    )
    if (!(failure instanceof ScenarioInvalid)) throw new Error('a ScenarioInvalid was expected')
    expect(failure.diagnostics).toMatchObject([
      { line: 8, column: 1, message: `${asked} teams were asked for; the scenario has 1 to 2` },
    ])
  }
})

test('an invalid scenario throws with all diagnostics; a warning alone does not', async () => {
  const broken = await fixture({ file: SCENARIO, from: 'kilp: 1', to: 'kilp: 3' })
  await expect(loadScenario(broken.scenario, { infra: broken.infra })).rejects.toThrow(
    /can not be played:.*scenario\.yaml:1:7: error: `3` must be `1` \[bad-value\]\n {4}kilp: 3\n {10}\^\n\n1 error$/s,
  )
  const idle = await fixture({
    file: SCENARIO,
    content: (await readFile(join(broken.root, SCENARIO), 'utf8'))
      .replace('kilp: 3', 'kilp: 1')
      .replace(/ {2}attacks:.*?(?=^citizens:)/ms, '  attacks: []\n'),
  })
  expect(await complaints(idle)).toEqual([
    `${SCENARIO}:14:14 not-attacked nothing attacks \`desk/open-drawer\``,
  ])
  expect((await loadScenario(idle.scenario, { infra: idle.infra })).scenario.attacks).toEqual([])
})

test('a key that had another name in older files is read under it, with a warning', async () => {
  const file = 'infra/services/store/service.yaml'
  const older = await fixture({ file, from: 'publicText:', to: 'plain:' })
  expect(await complaints(older)).toEqual([
    `${file}:3:1 renamed-key \`plain\` is called \`publicText\` now; it is read as that`,
  ])
  const { scenario } = await loadScenario(older.scenario, { infra: older.infra })
  expect(scenario.services[0]?.publicText).toEqual(en('Papers are kept here.'))
  const both = await fixture({
    file,
    from: 'public: false',
    to: 'public: false\nplain: { en: x, et: x, ja: x }',
  })
  expect(await complaints(both)).toEqual([expect.stringContaining(`${file}:5:1 unknown-key \`plain\``)])
})

test('a service may run the sources of another: they are built and hashed, and stay where they are', async () => {
  const twin = {
    file: 'infra/services/store/service.yaml',
    from: 'id: store',
    to: 'id: store\nsources: desk',
  }
  const made = await fixture(twin)
  const { range, hash } = await loadScenario(made.scenario, { infra: made.infra })
  const folder = join(made.infra, 'services/desk')
  expect(range.services.map((service) => [service.id, service.folder])).toEqual([
    ['store', folder],
    ['desk', folder],
  ])
  const changed = await fixture(twin, { file: 'infra/services/desk/src/new.ts', content: '' })
  expect((await loadScenario(changed.scenario, { infra: changed.infra })).hash).not.toBe(hash)
})

test('recordings of terminals are switched off by `terminals.record`, and nothing else stands there', async () => {
  const withLine = (line: string) =>
    fixture({ file: SCENARIO, from: 'population: 1000\n', to: `population: 1000\n${line}\n` })
  const load = async (line: string) => {
    const made = await withLine(line)
    return (await loadScenario(made.scenario, { infra: made.infra })).scenario.terminals
  }
  expect(await load('terminals: { record: false }')).toEqual({ record: false })
  expect(await load('terminals: { record: true }')).toBeUndefined()
  const [wrong] = await complaints(await withLine('terminals: { record: maybe }'))
  expect(wrong).toMatch(/scenario\.yaml:\d+:\d+ .*boolean|true|false/)
  const [unknown] = await complaints(await withLine('terminals: { recrod: false }'))
  expect(unknown).toContain('record')
})
