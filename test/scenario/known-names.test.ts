import { describe, expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, type Edit, fixture } from './fixture.ts'

const DESK = 'infra/services/desk/service.yaml'
const STORE = 'infra/services/store/service.yaml'
const ALIVE = 'infra/services/desk/journeys/alive.yaml'
const says = (file: string, what: string): Edit => ({ file, from: 'memoryMiB', to: `${what}\nmemoryMiB` })
const ASKS: Edit = {
  file: ALIVE,
  from: '  - http: GET http://desk/healthz',
  to: '  - sql: { database: d, user: u, password: p, query: select 1 }',
}

const load = async (...edits: readonly Edit[]) => {
  const made = await fixture(...edits)
  return loadScenario(made.scenario, { infra: made.infra })
}

describe('what the platform looks for is what services say they are', () => {
  test('their picture, the exchange in the middle, the collector of logs', async () => {
    const { scenario, range } = await load(
      says(DESK, 'icon: landmark\nhub: true'),
      says(STORE, 'collector: true'),
    )
    expect(scenario.services.map(({ id, icon, hub, collector }) => ({ id, icon, hub, collector }))).toEqual([
      { id: 'store', icon: undefined, hub: undefined, collector: true },
      { id: 'desk', icon: 'landmark', hub: true, collector: undefined },
    ])
    expect(range.services.map(({ id, collector }) => [id, collector])).toEqual([
      ['store', true],
      ['desk', undefined],
    ])
  })

  test('the database of steps that name no host', async () => {
    const { range } = await load(ASKS, says(STORE, 'database: true'))
    expect(range.journeys['desk/alive']?.steps[0]).toMatchObject({
      sql: { host: 'store', query: 'select 1' },
    })
  })

  test.each<readonly [string, readonly Edit[], readonly string[]]>([
    [
      'no database, and a step that needs one',
      [ASKS],
      [`${ALIVE}:5:5 missing-key say to which \`host\`: no deployed service is \`database: true\``],
    ],
    [
      'two exchanges',
      [says(DESK, 'hub: true'), says(STORE, 'hub: true')],
      [
        `${DESK}:7:1 two-of-one \`desk\` is \`hub: true\` and so is \`store\`; one deployed service is, at most`,
      ],
    ],
    [
      'two collectors and two databases',
      [says(DESK, 'collector: true\ndatabase: true'), says(STORE, 'collector: true\ndatabase: true')],
      [
        `${DESK}:7:1 two-of-one \`desk\` is \`collector: true\` and so is \`store\`; one deployed service is, at most`,
        `${DESK}:8:1 two-of-one \`desk\` is \`database: true\` and so is \`store\`; one deployed service is, at most`,
      ],
    ],
    ['a hub that is none', [says(DESK, 'hub: false')], [`${DESK}:7:6 bad-value \`false\` must be \`true\``]],
  ])('%s', async (_name, edits, expected) => {
    expect(await complaints(await fixture(...edits))).toEqual(expected)
  })

  test('a picture that there is not', async () => {
    const [said] = await complaints(await fixture(says(DESK, 'icon: shipp')))
    expect(said).toMatch(new RegExp(`^${DESK}:7:7 bad-value .*; did you mean \`ship\`\\?$`))
  })
})
