import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scenarioTrouble } from '../../server/exercise/scenario/scenario-trouble.ts'
import { fixedMs } from '../../server/exercise/scenario/trigger.ts'
import { CATEGORIES } from '../../server/exercise/scenario/words.ts'
import { formatDiagnostics } from '../../server/scenario/diagnostics/format.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'

/** Those that our weaknesses are of, by their titles in MITRE's list: https://cwe.mitre.org/data/index.html */
const CWE_TITLES: Readonly<Record<string, string>> = {
  'CWE-22': 'Improper Limitation of a Pathname to a Restricted Directory (Path Traversal)',
  'CWE-79': 'Improper Neutralization of Input During Web Page Generation (Cross-site Scripting)',
  'CWE-89': 'Improper Neutralization of Special Elements used in an SQL Command (SQL Injection)',
  'CWE-223': 'Omission of Security-relevant Information',
  'CWE-266': 'Incorrect Privilege Assignment',
  'CWE-287': 'Improper Authentication',
  'CWE-288': 'Authentication Bypass Using an Alternate Path or Channel',
  'CWE-290': 'Authentication Bypass by Spoofing',
  'CWE-295': 'Improper Certificate Validation',
  'CWE-296': 'Improper Following of a Certificate’s Chain of Trust',
  'CWE-299': 'Improper Check for Certificate Revocation',
  'CWE-306': 'Missing Authentication for Critical Function',
  'CWE-307': 'Improper Restriction of Excessive Authentication Attempts',
  'CWE-312': 'Cleartext Storage of Sensitive Information',
  'CWE-347': 'Improper Verification of Cryptographic Signature',
  'CWE-354': 'Improper Validation of Integrity Check Value',
  'CWE-390': 'Detection of Error Condition Without Action',
  'CWE-434': 'Unrestricted Upload of File with Dangerous Type',
  'CWE-471': 'Modification of Assumed-Immutable Data (MAID)',
  'CWE-489': 'Active Debug Code',
  'CWE-506': 'Embedded Malicious Code',
  'CWE-613': 'Insufficient Session Expiration',
  'CWE-636': 'Not Failing Securely (Failing Open)',
  'CWE-639': 'Authorization Bypass Through User-Controlled Key',
  'CWE-770': 'Allocation of Resources Without Limits or Throttling',
  'CWE-778': 'Insufficient Logging',
  'CWE-798': 'Use of Hard-coded Credentials',
  'CWE-799': 'Improper Control of Interaction Frequency',
  'CWE-807': 'Reliance on Untrusted Inputs in a Security Decision',
  'CWE-862': 'Missing Authorization',
  'CWE-863': 'Incorrect Authorization',
  'CWE-915': 'Improperly Controlled Modification of Dynamically-Determined Object Attributes',
  'CWE-1390': 'Weak Authentication',
  'CWE-1392': 'Use of Default Credentials',
  'CWE-1393': 'Use of Default Password',
  'CWE-1427': 'Improper Neutralization of Input Used for LLM Prompting',
}

const FOLDER = resolve(import.meta.dirname, '../../scenarios')
const slugs = (await readdir(FOLDER, { withFileTypes: true }))
  .filter((e) => e.isDirectory())
  .map((e) => e.name)

describe.each(slugs)('%s', (slug) => {
  test('loads without any complaint', async () => {
    const found = await checkScenario(join(FOLDER, slug))
    expect(formatDiagnostics(found)).toBe('0 errors')
    const { scenario } = await loadScenario(join(FOLDER, slug))
    expect(scenario.slug).toBe(slug)
    expect(scenarioTrouble(scenario)).toBeNull()
  })

  test('has a briefing, and its editor knows the schema', async () => {
    expect((await readFile(join(FOLDER, slug, 'briefing.md'), 'utf8')).length).toBeGreaterThan(500)
    expect((await readFile(join(FOLDER, slug, 'instructor.md'), 'utf8')).length).toBeGreaterThan(500)
    expect(await readFile(join(FOLDER, slug, 'scenario.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/scenario\.schema\.json\n/,
    )
  })
})

test('storm-over-meremaa: three teams unless more are asked for, early first attack, attacks that come again', async () => {
  const { scenario, teams } = await loadScenario(join(FOLDER, 'storm-over-meremaa'))
  expect(teams.map((team) => team.pilot)).toEqual(['swift', 'steady', 'clumsy'])
  expect((await loadScenario(join(FOLDER, 'storm-over-meremaa'), { teams: 8 })).teams).toHaveLength(8)
  const first = (scenario.attacks[0] && fixedMs(scenario.attacks[0].trigger)) ?? 0
  expect(first).toBeGreaterThan(80_000)
  expect(first).toBeLessThan(100_000)
  expect(new Set(scenario.attacks.map((attack) => attack.weakness)).size).toBeLessThan(
    scenario.attacks.length,
  )
})

test('locked-meremaa: every weakness there is, over at least 60 attacks on each team in four phases', async () => {
  const { scenario } = await loadScenario(join(FOLDER, 'locked-meremaa'))
  const services = join(FOLDER, '../infra/services')
  const there = (await readdir(services, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const all = await Promise.all(
    there.map(async ({ name }) =>
      (await readdir(join(services, name, 'weaknesses')).catch(() => [])).map(
        (weakness) => `${name}/${weakness}`,
      ),
    ),
  )
  expect(scenario.weaknesses.map(({ id }) => id).toSorted()).toEqual(all.flat().toSorted())
  expect(scenario.weaknesses.length).toBeGreaterThanOrEqual(40)
  expect(scenario.weaknesses.flatMap(({ id, cwe }) => (cwe && cwe in CWE_TITLES ? [] : [id]))).toEqual([])
  expect(scenario.attacks.length).toBeGreaterThanOrEqual(60)
  expect(scenario.phases).toHaveLength(4)
})

describe('locked-meremaa: a day of people', async () => {
  const { scenario } = await loadScenario(join(FOLDER, 'locked-meremaa'))
  const { injects, objectives, scoring } = scenario
  const spare = injects.filter(({ trigger }) => trigger.kind === 'manual')
  const planned = injects.filter((inject) => !spare.includes(inject))

  test('25 messages at least of seven kinds, by every kind of trigger, and five held ready', () => {
    expect(planned.filter(({ expects }) => expects?.kind !== 'sitrep').length).toBeGreaterThanOrEqual(25)
    const kinds = new Set(planned.map(({ id }) => /^cert-[a-z]+|^[a-z]+/.exec(id)?.[0]))
    for (const kind of ['press', 'ministry', 'dpa', 'parliament', 'cert-jp', 'cert-eu', 'rumour', 'lawyer'])
      expect(kinds).toContain(kind)
    expect(new Set(planned.map(({ trigger }) => trigger.kind))).toEqual(new Set(['at', 'after', 'when']))
    expect(spare).toHaveLength(5)
    expect(injects.map(({ number }) => number)).toEqual(
      injects.map(({ number }) => number).toSorted((a, b) => a - b),
    )
    expect(new Set(injects.map(({ number }) => number)).size).toBe(injects.length)
  })

  test('a situation report for every half hour, in time before the end', () => {
    const due = planned
      .filter(({ expects }) => expects?.kind === 'sitrep')
      .map(({ trigger, withinMs }) => (fixedMs(trigger) ?? 0) + (withinMs ?? 0))
    expect(due).toHaveLength(4)
    for (const [half, at] of due.entries())
      expect(Math.abs(at - (half + 1) * 1_800_000)).toBeLessThan(600_000)
  })

  test('whoever answers and whoever grades knows what is wanted, and no answer is due after the end', () => {
    for (const { id, text, expects, rubric, withinMs, trigger, expectedAction, note, roles } of injects) {
      const words = text.en.split(' ').length
      // A question is short.
      expect([id, words > (expects?.kind === 'question' ? 15 : 60) && words <= 150]).toEqual([id, true])
      expect([id, note !== undefined]).toEqual([id, true])
      if (expects === null) continue
      expect([id, expectedAction !== undefined, roles.length > 0]).toEqual([id, true, true])
      expect([id, (fixedMs(trigger) ?? 0) + (withinMs ?? scenario.durationMs) < scenario.durationMs]).toEqual(
        [id, true],
      )
      const right =
        expects.kind === 'choice'
          ? (expects.right ?? [])
          : expects.kind === 'question'
            ? (expects.answers ?? [])
            : []
      expect([id, right.length > 0 || rubric.length >= 2]).toEqual([id, true])
      for (const { points, anchors = [] } of rubric)
        expect([id, anchors.map((anchor) => anchor.points)]).toEqual([id, [0, points / 2, points]])
    }
  })

  test('every objective is tested, and the points make 10,000', () => {
    const tested = new Set(injects.flatMap((inject) => inject.objectives))
    expect(tested).toEqual(new Set(objectives.map(({ id }) => id)))
    expect(objectives.length).toBeGreaterThanOrEqual(5)
    expect(CATEGORIES.reduce((sum, category) => sum + scoring[category], 0)).toBe(10_000)
  })
})

test('storm-over-meremaa: three messages, which machine-played teams can answer', async () => {
  const { scenario } = await loadScenario(join(FOLDER, 'storm-over-meremaa'))
  expect(scenario.injects.map(({ expects }) => expects?.kind)).toEqual(['text', 'choice', 'sitrep'])
  expect(Object.keys(scenario.injects[0]?.pilots ?? {})).toEqual(['swift', 'steady', 'clumsy'])
})

test('services that run the same sources are planted alike: none shows what the other lacks', async () => {
  for (const slug of slugs) {
    const { range } = await loadScenario(join(FOLDER, slug))
    for (const service of range.services)
      for (const other of range.services)
        if (other.folder === service.folder)
          expect([other.id, other.plants]).toEqual([other.id, service.plants])
  }
})

test('first-watch: what the tutor says of a message waits for it, so that nothing is announced that white delays or cancels', async () => {
  const { scenario } = await loadScenario(join(FOLDER, 'first-watch'))
  const waits = (note: string) => scenario.tutor.find(({ id }) => id === note)?.trigger
  for (const [note, id] of [
    ['press-how', 'press-asks'],
    ['sitrep-how', 'sitrep'],
  ] as const)
    expect(waits(note)).toEqual({
      kind: 'after',
      after: { kind: 'inject', id, outcome: 'sent' },
      delayMs: 15_000,
    })
})
