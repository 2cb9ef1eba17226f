import { expect, test } from 'vitest'
import { fitAnswer } from '#exercise/decide/answer-content.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Expects, FileRef } from '#exercise/scenario/inject.ts'
import { peopledScenario, secretFile } from './made-scenario.ts'
import { runningRun } from './run.ts'

const wanted: Expects = { kind: 'file', types: ['text/csv'], maxKiB: 10 }
const fit = (more: Partial<FileRef>) => {
  const found = fitAnswer(wanted, { kind: 'file', file: { ...secretFile, ...more } })
  return found.ok ? 'ok' : found.refusal.code
}

test('a file answers what asks for one of its kind and size, under a name that hides nothing and ends as what it is', () => {
  expect(fit({})).toBe('ok')
  expect(fit({ bytes: 10 * 1024 })).toBe('ok')
  expect(fit({ bytes: 10 * 1024 + 1 })).toBe('wrong-answer-kind')
  expect(fit({ type: 'image/png' })).toBe('wrong-answer-kind')
  expect(fit({ name: '被害状況.csv' })).toBe('ok')
  for (const name of [
    '../x.csv',
    'a/b.csv',
    'x\u202evsc.exe',
    ' x.csv',
    '',
    'x'.repeat(121),
    '\u001b[2J.csv',
  ])
    expect([name, fit({ name })]).toEqual([name, 'bad-file-name'])
  for (const name of ['x.csv.exe', 'x.html', 'x', 'csv', 'x.csv.', 'x.csv.lnk', 'x.png', '.exe'])
    expect([name, fit({ name })]).toEqual([name, name.startsWith('.') ? 'bad-file-name' : 'bad-file-ending'])
  expect(fit({ name: 'x.exe.CSV' })).toBe('ok')
  const jpeg: Expects = { kind: 'file', types: ['image/jpeg'], maxKiB: 10 }
  for (const name of ['x.jpg', 'x.jpeg', 'x.png']) {
    const file = { ...secretFile, type: 'image/jpeg', name } as const
    expect(fitAnswer(jpeg, { kind: 'file', file })).toMatchObject(
      name === 'x.png'
        ? { ok: false, refusal: { code: 'bad-file-ending', params: { endings: 'jpg, jpeg' } } }
        : { ok: true },
    )
  }
  expect(fitAnswer({ kind: 'sitrep' }, { kind: 'file', file: secretFile })).toMatchObject({ ok: false })
})

test('which files came to a team, and which it sent, leave to itself and white alone', () => {
  const run = runningRun(peopledScenario)
  const team = 'meremaa'
  const sent = { team, inject: 'hand-in' }
  const before = run.ledger.length
  run.give('send-inject', sent, 100_000)
  run.give('answer-inject', { ...sent, content: { kind: 'file', file: secretFile }, seen: 0 }, 101_000)
  const events = run.ledger.slice(before)
  const said = (audience: Parameters<typeof redact>[1]) =>
    JSON.stringify(events.map((event) => redact(event, audience)))
  for (const audience of [{ seat: 'white' }, { seat: 'blue', team }] as const)
    expect(said(audience).split(secretFile.sha256)).toHaveLength(3)
  for (const audience of [
    { seat: 'blue', team: 'saareke' },
    { seat: 'observer' },
    { seat: 'guest' },
  ] as const) {
    expect(said(audience)).not.toContain(secretFile.sha256)
    expect(said(audience)).not.toContain(secretFile.name)
  }
})
