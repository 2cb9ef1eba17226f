import { expect, test } from 'vitest'
import { openWorld, type SeatId, type World } from './fixture.ts'

const give = async (world: World, seat: SeatId, type: string, data: object) => {
  const response = await world.fetch('/api/commands', seat, {
    method: 'POST',
    body: JSON.stringify({ type, data }),
    headers: { 'content-type': 'application/json' },
  })
  return { status: response.status, body: await response.text() }
}
const ledger = async (world: World, seat: SeatId) => (await world.fetch('/api/ledger', seat)).text()

const HOSTILE = '<script>alert(1)</script> \u001b[2J 日本語.log'
const fields = {
  service: 'tax',
  noticedMs: 0,
  technique: 'T1190',
  indicators: HOSTILE,
  actions: 'Closed it.',
  confidence: 'low',
}

test('a report and an appeal over HTTP: each seat may do its part, and reads what is its own', async () => {
  const world = await openWorld()
  const report = { team: 'red', report: 'R1', fields, seen: 0 }
  expect((await give(world, 'blue-sea', 'file-report', report)).body).toContain('not-your-team')
  expect((await give(world, 'observer', 'file-report', report)).body).toContain('not-allowed')
  expect((await give(world, 'blue-red', 'file-report', report)).status).toBe(200)
  const grade = {
    team: 'red',
    report: 'R1',
    match: false,
    criteria: {},
    comment: 'No such thing.',
    final: true,
    seen: 1,
  }
  expect((await give(world, 'blue-red', 'grade-report', grade)).body).toContain('not-allowed')
  expect((await give(world, 'white', 'grade-report', grade)).status).toBe(200)
  const appeal = { team: 'red', subject: { kind: 'report', id: 'R1' }, text: 'There was.' }
  expect((await give(world, 'blue-red', 'make-appeal', appeal)).status).toBe(200)
  const answer = { team: 'red', appeal: 'A1', text: 'There was not.', outcome: 'upheld' }
  expect((await give(world, 'white', 'answer-appeal', answer)).status).toBe(200)
  for (const seat of ['white', 'blue-red'] as const) {
    const told = await ledger(world, seat)
    for (const said of [
      JSON.stringify(HOSTILE).slice(1, -1),
      'No such thing.',
      'There was.',
      'There was not.',
    ])
      expect(told).toContain(said)
  }
  for (const seat of ['blue-sea', 'observer', 'guest'] as const) {
    const told = await ledger(world, seat)
    expect(told).toContain('"report.graded"')
    expect(told).not.toMatch(/alert\(1\)|No such thing|There was|Closed it/)
  }
})

test('a team that files without end is slowed down, and its reports are bounded', async () => {
  const world = await openWorld()
  const replies = await Promise.all(
    Array.from({ length: 120 }, (_, n) =>
      give(world, 'blue-red', 'save-report-draft', {
        team: 'red',
        report: `R${n + 1}`,
        field: 'actions',
        text: 'x'.repeat(4_000),
      }),
    ),
  )
  expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(5)
  expect(replies.some(({ body }) => body.includes('too-fast'))).toBe(true)
  const long = { team: 'red', report: 'R1', field: 'actions', text: 'x'.repeat(4_001) }
  const other = await give(world, 'blue-sea', 'save-report-draft', { ...long, team: 'sea' })
  expect(other.body).toContain('answer-too-long')
})
