import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { type Helper, openHelper } from '../../server/range/engine-api/helper.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { type GuardWord, readGuard } from '../../server/range/isolation/guard.ts'
import { GUARD } from '../../server/range/isolation/guard-script.ts'
import { RULES } from '../../server/range/isolation/host-rules.ts'
import { clearUp, engine, home, until } from './fixtures/open.ts'
import { infra } from './fixtures/spec.ts'

/** The guard at work in a network of its own: its host is the container, so that the machine's rules stay as they are. */
let docker: ContainerEngine
let guard: Helper
const words: GuardWord[] = []

beforeAll(async () => {
  docker = await engine()
  const image = await ensureBase(docker, infra, '/nowhere', () => {})
  guard = await openHelper(
    docker,
    {
      image,
      exerciseId: `gt${process.pid}`,
      home,
      purpose: 'guard-test',
      network: 'none',
      command: ['bash', '-c', GUARD, 'guard', 'watch'],
      capabilities: ['NET_ADMIN', 'NET_RAW'],
    },
    readGuard((word) => words.push(word)),
  )
  expect(await until(20_000, () => words.find(({ says }) => says === 'standing'))).toBeDefined()
})
afterAll(async () => {
  await guard.remove()
  await clearUp(docker)
})

const inside = async (command: string) =>
  (
    await execIn(docker, {
      container: guard.name,
      command: ['sh', '-c', command],
      deadlineMs: 10_000,
    })
  ).stdout
const standing = async (tool: string) => (await inside(`${tool} -S | grep kilp`)).trim().split('\n')
const asTheyMust = RULES.map((rule) => `-A ${rule}`)

/** Does it to the rules; how long it took until all stand again, and what was said. */
async function suffer(harm: string, tool = 'iptables') {
  words.length = 0
  await inside(harm)
  const since = performance.now()
  const mended = await until(15_000, () => words.find((word) => word.says === 'mended'))
  return { mended, ms: performance.now() - since, rules: await standing(tool) }
}

describe('the guard of the host’s rules', () => {
  test('puts them there, for both families', async () => {
    expect(await standing('iptables')).toEqual(asTheyMust)
    expect(await standing('ip6tables')).toEqual(asTheyMust)
  })
  test.each([
    ['a rule that is deleted', 'iptables -D INPUT -i kilp-+ -j DROP', 'iptables', /INPUT.* was gone/],
    ['a chain that is flushed', 'iptables -F INPUT', 'iptables', /INPUT.* was gone/],
    ['the way between enclaves', 'iptables -F FORWARD', 'iptables', /FORWARD.* was gone/],
    ['IPv6', 'ip6tables -F', 'ip6tables', /^ip6tables: .*INPUT.* was gone/],
    [
      'an ACCEPT before ours',
      'iptables -I INPUT -p tcp -j ACCEPT',
      'iptables',
      /stood after "INPUT -p tcp -j ACCEPT"/,
    ],
    [
      'a firewall’s reload of the whole table',
      'printf "*filter\\n:INPUT ACCEPT\\n:FORWARD ACCEPT\\n:OUTPUT ACCEPT\\n-A INPUT -i lo -j ACCEPT\\n-A INPUT -m state --state ESTABLISHED -j ACCEPT\\nCOMMIT\\n" | iptables-restore',
      'iptables',
      /INPUT.* was gone/,
    ],
  ])('mends %s, and says what was open', async (_, harm, tool, what) => {
    const { mended, ms, rules } = await suffer(harm, tool)
    expect(mended).toMatchObject({ open: expect.arrayContaining([expect.stringMatching(what)]) })
    expect(ms).toBeLessThan(5_000)
    expect(rules).toEqual(asTheyMust)
  })
  test('says nothing of rules before ours that let nothing through, and goes before them', async () => {
    const { mended, rules } = await suffer('iptables -I FORWARD -s 192.0.2.1 -j DROP')
    expect(mended).toEqual({ says: 'mended', open: [] })
    expect(rules).toEqual(asTheyMust)
    expect((await inside('iptables -S FORWARD')).split('\n').at(-2)).toContain('192.0.2.1')
  })
  test('costs next to nothing while nothing happens', async () => {
    // User and system time of the guard and of all that it started, in clock ticks of a hundredth.
    const ticks = async () =>
      Number(
        (await inside("awk '{print $14 + $15 + $16 + $17}' /proc/1/stat /proc/[0-9]*/stat | head -1")).trim(),
      )
    const [before, since] = [await ticks(), performance.now()]
    await new Promise((wake) => setTimeout(wake, 32_000))
    const share = ((await ticks()) - before) / 100 / ((performance.now() - since) / 1_000)
    console.log(`guard: ${(share * 100).toFixed(2)} % of a core`)
    expect(share).toBeLessThan(0.01)
  })
})
