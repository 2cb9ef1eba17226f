import { describe, expect, test } from 'vitest'
import type { Edit } from '../../server/engine/ports/edit.ts'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import type { RunResult } from '../../server/engine/ports/ports.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { prove } from '../../server/proof/prove.ts'
import { demoScenario } from '../kit/demo-scenario.ts'
import { openFakeRange } from './fake-range.ts'

const WEAKNESSES: readonly string[] = ['population/name-search', 'tax/refund-account']

/** What a patch does when it is in: `hole` stays open with it, or `journeys` of its service break. */
interface Effect {
  readonly hole: boolean
  readonly breaks: boolean
}

const MENDS: Effect = { hole: false, breaks: false }

interface Options {
  readonly never: boolean
  readonly drops: number
  readonly ids: readonly string[]
  readonly other: Effect
}

const answer = (outcome: RunResult['outcome']): RunResult => ({
  outcome,
  verdict: outcome === 'pass' ? 'up' : 'broken',
  ms: 1,
  evidence: outcome === 'pass' ? null : { step: '1', sent: '', received: 'x', expected: 'y', ms: 1 },
  remember: {},
  refused: null,
})

/**
 * A range that keeps the patches that are in, as they are typed: every weakness is planted, its `plant` taken back closes it unless
 * `never`, and `wrong` and `other` have the effects that are given. `drops`: how often each journey fails before it passes.
 * Every exploit that lands leaves something behind, until `rm implant` is typed.
 */
function patchedRange(
  wrong: Effect,
  { never = false, drops = 0, ids = WEAKNESSES, other = MENDS }: Partial<Options> = {},
) {
  const { range, runs, implants, leaves } = openFakeRange()
  for (const id of ids) leaves.add(id)
  const source = new Map<string, Set<string>>()
  /** What earlier attacks had left behind when one met the other fix. */
  const met: string[] = []
  /** What was in of the patches given, after each restart. */
  const states: string[] = []
  const patchesIn = (team: string) => {
    const there = source.get(team) ?? new Set(ids.map((id) => `plant ${id}`))
    source.set(team, there)
    return there
  }
  let left = drops
  return {
    runs,
    source,
    states,
    met,
    range: {
      ...range,
      runExploit: async (team: string, weakness: string) => {
        runs.push(`${team}!${weakness}`)
        const there = patchesIn(team)
        const open = there.has(`plant ${weakness}`) || never
        if (there.has(`other ${weakness}`)) met.push(...implants)
        const closed = (fix: string, { hole }: Effect) => there.has(`${fix} ${weakness}`) && !hole
        const lands = open && !closed('wrong', wrong) && !closed('other', other)
        if (lands) implants.add(`${team}/${weakness}`)
        return answer(lands ? 'pass' : 'fail')
      },
      runJourney: async (team: string, service: string, journey: string) => {
        runs.push(`${team}/${service}/${journey}`)
        const breaks = [...patchesIn(team)].some(
          (patch) =>
            (wrong.breaks && patch.startsWith(`wrong ${service}/`)) ||
            (other.breaks && patch.startsWith(`other ${service}/`)),
        )
        if (journey === 'main' && left-- > 0) return answer('fail')
        return answer(breaks && journey === 'main' ? 'fail' : 'pass')
      },
      edit: async (team: string, _: string, edits: readonly Edit[]) => {
        for (const { patch, reverse } of edits)
          if (reverse) patchesIn(team).delete(patch)
          else patchesIn(team).add(patch)
        return ''
      },
      openTerminal: async (...asked: Parameters<typeof range.openTerminal>) => {
        const stream = await range.openTerminal(...asked)
        const write = async (text: string) => {
          if (text.includes('rm implant'))
            for (const id of ids) if (id.startsWith(`${asked[1]}/`)) implants.delete(`${asked[0]}/${id}`)
          if (text.includes('restart app')) states.push([...patchesIn(asked[0])].toSorted().join(', '))
          await stream.write(text)
        }
        return { ...stream, write }
      },
    },
  }
}

const withWeaknesses = (
  ids: readonly string[],
  footholds: readonly string[] = [],
  mended: readonly string[] = [],
): LoadedScenario => ({
  scenario: { ...demoScenario, weaknesses: demoScenario.weaknesses.filter((w) => ids.includes(w.id)) },
  hash: '',
  files: {},
  teams: [],
  range: null as never,
  patches: Object.fromEntries(
    ids.map((id) => [
      id,
      {
        plant: `plant ${id}`,
        fix: `fix ${id}`,
        wrongFixes: [{ name: 'wrong', patch: `wrong ${id}` }],
        otherFixes: mended.includes(id) ? [{ name: 'other', patch: `other ${id}` }] : [],
        journeys: [`${id.split('/')[0]}/main`],
        cleanup: footholds.includes(id) ? 'rm implant' : '',
        foothold: footholds.includes(id),
        witness: false,
        lootFrom: [],
      },
    ]),
  ),
})

const loaded = withWeaknesses(WEAKNESSES)

async function matrix(ranged: ReturnType<typeof patchedRange>, teams: readonly string[] = ['one']) {
  const { range } = ranged
  const rows = await prove({ range, loaded, clock: wallClock, teams, tell: () => undefined })
  return { ...ranged, rows, wrong: rows.filter((row) => !row.ok) }
}

test.each([1, 2])(
  'on %i benches each weakness is looked at in each state, and the source is clean in the end',
  async (n) => {
    const teams = ['one', 'two'].slice(0, n)
    const { rows, wrong, source } = await matrix(patchedRange({ hole: true, breaks: false }), teams)
    expect(wrong).toEqual([])
    expect(
      rows.map(({ weakness, source, exploit }) => `${weakness} ${source} ${exploit}`).toSorted(),
    ).toEqual(
      WEAKNESSES.flatMap((id) => [
        ...[
          `${id} all-fixed blocked`,
          `${id} planted lands`,
          `${id} reference-fix blocked`,
          `${id} wrong-fix lands`,
        ],
      ]),
    )
    expect([...(source.get('one') ?? [])]).toEqual([])
    if (n === 2)
      expect([...(source.get('two') ?? [])].toSorted()).toEqual(WEAKNESSES.map((id) => `plant ${id}`))
  },
)

test('a wrong fix that blocks is shown wrong by the journeys that it breaks, which are asked only then', async () => {
  const breaking = await matrix(patchedRange({ hole: false, breaks: true }))
  expect(breaking.wrong).toEqual([])
  const rows = breaking.rows.filter(({ source }) => source === 'wrong-fix')
  expect(rows.map(({ broken }) => broken?.map((text) => text.split(' ')[0]))).toEqual([
    ...[['population/main'], ['tax/main']],
  ])
  const landing = await matrix(patchedRange({ hole: true, breaks: false }))
  expect(landing.rows.find(({ source }) => source === 'wrong-fix')?.broken).toBeNull()
})

test('a fix that is called wrong and is none, and a reference fix that does not block, are found', async () => {
  const right = await matrix(patchedRange({ hole: false, breaks: false }))
  expect(right.wrong.map(({ source }) => source)).toEqual(['wrong-fix', 'wrong-fix'])
  expect(right.wrong[0]?.why).toContain('this fix is not wrong')
  const never = await matrix(patchedRange({ hole: true, breaks: false }, { never: true }))
  expect(new Set(never.wrong.map(({ source }) => source))).toEqual(new Set(['reference-fix', 'all-fixed']))
})

test('one journey that fails once is no finding; one that goes on failing is', async () => {
  const once = await matrix(patchedRange({ hole: true, breaks: false }, { drops: 1 }))
  expect(once.wrong).toEqual([])
  // The journey alone was asked again, not the whole row.
  const steady = await matrix(patchedRange({ hole: true, breaks: false }))
  const tries = ({ runs }: typeof once) => runs.filter((run) => run.includes('!')).length
  expect(tries(once)).toBe(tries(steady))
  const always = await matrix(patchedRange({ hole: true, breaks: false }, { drops: 1000 }))
  expect(new Set(always.wrong.map(({ source }) => source))).toEqual(
    new Set(['planted', 'reference-fix', 'all-fixed']),
  )
})

test('in the clean source each journey is asked once, whatever many weaknesses want it', async () => {
  const shared = ['tax/main', 'population/main']
  const patches = Object.fromEntries(
    Object.entries(loaded.patches).map(([id, its]) => [id, { ...its, journeys: shared }]),
  )
  const { range, runs } = patchedRange({ hole: true, breaks: false })
  await prove({
    range,
    loaded: { ...loaded, patches },
    clock: wallClock,
    teams: ['one'],
    tell: () => undefined,
  })
  // Planted, fixed: two weaknesses, two states, two journeys; and each once more in the clean source.
  expect(runs.filter((run) => /\/main$/.test(run))).toHaveLength(2 * 2 * 2 + 2)
})

const SAME_SERVICE = ['tax/declaration-of-another', 'tax/refund-account']

test('weaknesses of one service share restarts: one takes back the patch before and brings the next', async () => {
  const ranged = patchedRange({ hole: true, breaks: false }, { ids: SAME_SERVICE })
  const { range, states } = ranged
  const shared = withWeaknesses(SAME_SERVICE)
  const rows = await prove({ range, loaded: shared, clock: wallClock, teams: ['one'], tell: () => undefined })
  expect(rows.filter((row) => !row.ok)).toEqual([])
  const [a, b] = SAME_SERVICE.map((id) => `plant ${id}`)
  expect(states).toEqual([
    `${b}`,
    `${a}, ${b}, wrong ${SAME_SERVICE[0]}`,
    `${a}`,
    `${a}, ${b}, wrong ${SAME_SERVICE[1]}`,
    `${a}, ${b}`,
    '',
  ])
})

test('what one attack left behind does not meet the weaknesses beside it', async () => {
  const ranged = patchedRange({ hole: true, breaks: false }, { ids: SAME_SERVICE })
  const rows = await prove({
    range: ranged.range,
    loaded: withWeaknesses(SAME_SERVICE, SAME_SERVICE.slice(1)),
    clock: wallClock,
    teams: ['one'],
    tell: () => undefined,
  })
  expect(rows.filter((row) => !row.ok)).toEqual([])
  expect(rows.map(({ weakness, source }) => `${weakness.split('/')[1]} ${source}`).slice(0, 8)).toEqual([
    'refund-account planted',
    'refund-account reference-fix',
    'refund-account hole-patched',
    'refund-account cleaned-up',
    'refund-account wrong-fix',
    'declaration-of-another planted',
    'declaration-of-another reference-fix',
    'declaration-of-another wrong-fix',
  ])
  // The last state of the first is taken back before the second is tried.
  expect(ranged.states[2]).toBe(SAME_SERVICE.map((id) => `plant ${id}`).join(', '))
})

describe('another correct fix', () => {
  const [id = ''] = WEAKNESSES
  const rowOf = async (
    other: Effect,
    { footholds = [], unanswered = false }: { footholds?: readonly string[]; unanswered?: boolean } = {},
  ) => {
    const ranged = patchedRange({ hole: true, breaks: false }, { other, ids: [id] })
    const { range } = ranged
    const rows = await prove({
      range: {
        ...range,
        runExploit: async (team, weakness) => {
          const run = await range.runExploit(team, weakness)
          const silent = unanswered && [...(ranged.source.get(team) ?? [])].includes(`other ${weakness}`)
          return silent ? { ...run, refused: false } : run
        },
      },
      loaded: withWeaknesses([id], footholds, [id]),
      clock: wallClock,
      teams: ['one'],
      tell: () => undefined,
    })
    return { ...ranged, rows, row: rows.find(({ source }) => source === 'other-fix') }
  }

  test('is looked at after the wrong ones, and blocks and breaks nothing', async () => {
    const { rows, row, states } = await rowOf(MENDS)
    expect(rows.map(({ source }) => source)).toEqual([
      'planted',
      'reference-fix',
      'wrong-fix',
      'other-fix',
      'all-fixed',
    ])
    expect(row).toMatchObject({ name: 'other', exploit: 'blocked', broken: [], ok: true, why: '' })
    // It is tried by itself, and gone before the clean source is.
    expect(states.slice(1)).toEqual([
      `plant ${id}, wrong ${id}`,
      `other ${id}, plant ${id}`,
      `plant ${id}`,
      '',
    ])
  })

  test('that leaves the hole is found', async () => {
    const { row } = await rowOf({ hole: true, breaks: false })
    expect(row).toMatchObject({ exploit: 'lands', ok: false })
    expect(row?.why).toContain('exploit is not blocked: lands')
  })

  test('that breaks a journey is found', async () => {
    const { row } = await rowOf({ hole: false, breaks: true })
    expect(row).toMatchObject({ exploit: 'blocked', ok: false })
    expect(row?.why).toContain('journeys fail: population/main')
  })

  test('that keeps off who is entitled is found', async () => {
    const { row } = await rowOf(MENDS, { unanswered: true })
    expect(row).toMatchObject({ exploit: 'unanswered', ok: false })
    expect(row?.why).toContain('exploit is not blocked: unanswered')
  })

  test('is tried without what came in through the wrong one before', async () => {
    const { rows, met } = await rowOf(MENDS, { footholds: [id] })
    expect(rows.filter((row) => !row.ok)).toEqual([])
    expect(rows.find(({ source }) => source === 'wrong-fix')?.exploit).toBe('lands')
    expect(met).toEqual([])
  })
})
