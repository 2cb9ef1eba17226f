import { describe, expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, type Edit, fixture } from './fixture.ts'

const DESK = 'infra/services/desk/service.yaml'
const says = (what: string): Edit => ({ file: DESK, from: 'env:\n', to: `${what}\nenv:\n` })
const MEMBER = `member:
  class: COM
  code: "10000020"
  name: { en: Desks, et: Lauad, ja: 窓口 }
  offers: [{ code: papers, path: /xroad/papers, endpoints: [GET /*], for: [portal] }]
  asks: { population/persons: [GET /*] }`

const load = async (...edits: readonly Edit[]) => {
  const made = await fixture(...edits)
  const { services } = (await loadScenario(made.scenario, { infra: made.infra })).range
  return Object.fromEntries(services.map(({ id, env }) => [id, env]))
}

describe('a service that joins others', () => {
  test('adds variables to them, behind what they have', async () => {
    const env = await load(
      says('joins: { store: { TOKEN: "desk={{secret:db-desk}}", DESK_KEY: "{{public-key:desk}}" } }'),
    )
    expect(env.store).toEqual({
      TOKEN: '{{secret:store}} desk={{secret:db-desk}}',
      DESK_KEY: '{{public-key:desk}}',
    })
    expect(env.desk).toEqual({ STORE_URL: 'http://store/{{team}}', KEY: '{{private-key:desk}}' })
  })

  test('is told of to all as a member of X-Road, without any secret', async () => {
    const env = await load(says(MEMBER))
    expect(env.store?.KILP_MEMBERS).toBe(env.desk?.KILP_MEMBERS)
    expect(JSON.parse(env.store?.KILP_MEMBERS ?? '')).toEqual({
      desk: {
        memberClass: 'COM',
        memberCode: '10000020',
        name: { en: 'Desks', et: 'Lauad', ja: '窓口' },
        offers: [{ code: 'papers', url: 'http://desk/xroad/papers', endpoints: ['GET /*'], for: ['portal'] }],
        asks: { 'population/persons': ['GET /*'] },
      },
    })
  })

  test.each<readonly [string, Edit, readonly string[]]>([
    [
      'a service that is not deployed',
      says('joins: { stor: { X: y } }'),
      [
        `${DESK}:11:10 unknown-service \`desk\` joins \`stor\`, which is not deployed; did you mean \`store\`?`,
      ],
    ],
    [
      'a template that there is not',
      says('joins: { store: { X: "{{secrt:x}}" } }'),
      [`${DESK}:11:22 unknown-template \`secrt:x\` is not a template name here; did you mean \`secret:x\`?`],
    ],
    [
      'a register code that is a number',
      says(MEMBER.replace('"10000020"', '10000020')),
      [`${DESK}:13:9 wrong-type expected a text here, got \`10000020\``],
    ],
    [
      'an endpoint without a method',
      says(MEMBER.replace('[GET /*], for', '[/*], for')),
      [`${DESK}:15:61 bad-value an endpoint is a method and a path, e.g. \`GET /*\``],
    ],
  ])('%s', async (_name, edit, expected) => {
    expect(await complaints(await fixture(edit))).toEqual(expected)
  })
})
