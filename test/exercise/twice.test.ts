import { expect, test } from 'vitest'
import type { Command, CommandPayloads } from '#exercise/decide/commands.ts'
import type { wireCommand } from '../../server/live/wire.ts'
import { blue, white } from '../kit/actors.ts'
import { livedInScenario, peopledScenario, text } from './made-scenario.ts'
import { attacked, look, type Run, readyRun, runningRun } from './run.ts'

type Given = { readonly [T in SeatCommandType]: readonly [open: () => Run, data: CommandPayloads[T]] }
type SeatCommandType = (typeof wireCommand)['options'][number]['shape']['type']['value']

const AT = 20_000
const team = 'meremaa'
const running = () => runningRun(livedInScenario)
const paused = () => after(running(), (run) => run.give('pause-exercise', { reason: 'coffee' }, AT))
const quiet = () => runningRun()
const waiting = () =>
  runningRun({
    ...livedInScenario,
    tutor: [{ id: 'look', text: text('Look.'), trigger: { kind: 'manual' } }],
  })
const complaint = () =>
  after(running(), (run) => {
    const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
    run.give('report-visit', { ...visit, ...look('broken') }, AT)
  })
const asked = () =>
  after(runningRun(peopledScenario), (run) => run.give('send-inject', { team, inject: 'press-asks' }, AT))
const answered = () =>
  after(asked(), (run) => {
    const content = { kind: 'text', text: 'We know.' } as const
    run.give('answer-inject', { team, inject: 'press-asks', content, seen: 0 }, AT)
  })
const graded = () =>
  after(answered(), (run) => {
    const grade = { criteria: { true: 2, calm: 1 }, comment: '', final: false, seen: 1 }
    run.give('grade-inject', { team, inject: 'press-asks', ...grade }, AT)
  })
const appealed = () =>
  after(graded(), (run) => {
    const subject = { kind: 'inject', id: 'press-asks' } as const
    run.give('make-appeal', { team, subject, text: 'It was calm.' }, AT)
  })
const running3 = () => runningRun(peopledScenario)
const questioned = () =>
  after(running3(), (run) => run.give('send-inject', { team, inject: 'which-file' }, AT))
const REPORT = {
  service: 'population',
  noticedMs: 15_000,
  technique: 'T1190',
  indicators: '',
  actions: 'Mended.',
  confidence: 'high',
} as const
const reported = () =>
  after(running3(), (run) => {
    attacked(run, team, 'wave-1', 'landed')
    run.give('file-report', { team, report: 'R1', fields: REPORT, seen: 0 })
  })
const drafted = () =>
  after(running3(), (run) =>
    run.give('save-report-draft', { team, report: 'R1', field: 'actions', text: 'We m' }, AT),
  )
const cased = () =>
  after(running3(), (run) =>
    run.give('open-case', { team, title: 'Odd login', service: 'tax', sinceMs: 15_000, seen: 0 }, AT),
  )
const claimed = () =>
  after(running(), (run) =>
    run.give('claim-work', { team, subject: { kind: 'service', id: 'tax' }, seen: 0 }, AT, white()),
  )
const observed = () =>
  after(running(), (run) =>
    run.give(
      'record-observation',
      {
        ...{ observation: 'o1', source: null, kind: 'strength', text: 'They spoke early.' },
        ...{ recommendation: '', owner: '', due: '' },
      },
      AT,
    ),
  )
const cutOff = () =>
  after(running(), (run) =>
    run.give('report-machine-lost', { machine: 'm1', name: 'cellar', teams: [team] }, AT),
  )
const frozen = () => after(running(), (run) => run.give('freeze-standings', {}, AT))
const attackedOnce = () => after(quiet(), (run) => attacked(run, team, 'wave-1', 'defended'))
const seated = () =>
  after(running(), (run) =>
    run.give('issue-seat', { seatId: 's1', seat: 'observer', team: null, label: 'Press' }, AT),
  )

function after(run: Run, then: (run: Run) => unknown): Run {
  then(run)
  return run
}

/** Every command that a seat may give, where it means something. A new one that is not here does not compile. */
const keyed = () => {
  const run = running()
  run.give('register-key', { team, key: 'AAAA', fingerprint: 'SHA256:one' }, undefined, blue(team))
  return run
}

const GIVEN: Given = {
  'start-exercise': [readyRun, {}],
  'pause-exercise': [running, { reason: 'coffee' }],
  'resume-exercise': [paused, {}],
  'change-preparation': [paused, { open: true }],
  'skip-quiet-time': [quiet, { toMs: 50_000 }],
  'change-speed': [running, { speed: 4 }],
  'fire-entry': [waiting, { kind: 'note', id: 'look', team: null }],
  'change-entry': [
    running,
    { kind: 'attack', id: 'wave-3', team, change: { kind: 'move', byMs: 60_000 }, seen: 0 },
  ],
  'add-entry': [
    running,
    {
      id: 'more',
      atMs: 90_000,
      teams: null,
      entry: { kind: 'attack', weakness: 'tax/refund-iban', counts: true },
    },
  ],
  'end-exercise': [running, { reason: 'enough' }],
  'change-pilot': [running, { team: 'saareke', pilot: 'person' }],
  'take-hint': [running, { team, weakness: 'tax-1', level: 1 }],
  'answer-ticket': [complaint, { team, ticket: 'T1', text: 'We are at it.' }],
  'read-inject': [asked, { team, inject: 'press-asks' }],
  'save-draft': [asked, { team, inject: 'press-asks', field: 'text', text: 'We k' }],
  'answer-inject': [
    asked,
    { team, inject: 'press-asks', content: { kind: 'text', text: 'We know.' }, seen: 0 },
  ],
  'grade-inject': [
    answered,
    {
      team,
      inject: 'press-asks',
      criteria: { true: 2, calm: 1 },
      comment: 'True, and calm.',
      final: false,
      seen: 1,
    },
  ],
  'try-question': [
    questioned,
    { team, inject: 'which-file', text: 'id_deploy', seen: 0, digest: 'wrong-digest' },
  ],
  'take-question-hint': [questioned, { team, inject: 'which-file', level: 1 }],
  'file-report': [running3, { team, report: 'R1', fields: REPORT, seen: 0 }],
  'save-report-draft': [running3, { team, report: 'R1', field: 'actions', text: 'We m' }],
  'discard-report-draft': [drafted, { team, report: 'R1' }],
  'grade-report': [
    reported,
    {
      team,
      report: 'R1',
      match: 'wave-1',
      criteria: { service: 25, technique: 25, time: 20, indicators: 0, completeness: 10 },
      comment: '',
      final: false,
      seen: 1,
    },
  ],
  'make-appeal': [graded, { team, subject: { kind: 'inject', id: 'press-asks' }, text: 'It was calm.' }],
  'answer-appeal': [appealed, { team, appeal: 'A1', text: 'It was not.', outcome: 'upheld' }],
  'claim-work': [running, { team, subject: { kind: 'service', id: 'tax' }, seen: 0 }],
  'release-work': [claimed, { team, subject: { kind: 'service', id: 'tax' }, seen: 1 }],
  'open-case': [running, { team, title: 'Odd login', service: 'tax', sinceMs: 15_000, seen: 0 }],
  'note-case': [cased, { team, case: 'C1', text: 'Looked at the log.', seen: 0 }],
  'set-case-state': [cased, { team, case: 'C1', state: 'waiting', seen: 0 }],
  'begin-case-report': [cased, { team, case: 'C1' }],
  'write-handover': [running, { team, text: 'Tax is mended, the portal is not.', seen: 0 }],
  'remove-key': [keyed, { team, fingerprint: 'SHA256:one' }],
  'issue-seat': [running, { seatId: 's1', seat: 'observer', team: null, label: 'Press' }],
  'revoke-seat': [seated, { seatId: 's1' }],
  'adjust-score': [attackedOnce, { team, category: 'defence', points: 5, reason: 'Good report', seen: 0 }],
  'record-observation': [
    running,
    {
      ...{ observation: 'o1', source: null, kind: 'strength', text: 'They spoke early.' },
      ...{ recommendation: '', owner: '', due: '' },
    },
  ],
  'change-observation': [observed, { observation: 'o1', field: 'owner', value: 'Anna' }],
  'withdraw-observation': [observed, { observation: 'o1' }],
  'add-note': [running, { text: 'Asked for a break.' }],
  'act-on-service': [running, { team, service: 'tax', action: 'revert', seen: 0 }],
  'move-enclave': [cutOff, { team }],
  'send-message': [
    running,
    { message: 'm1', teams: null, guests: true, text: 'Lunch is at noon.', wantsRead: false },
  ],
  'freeze-standings': [running, {}],
  'reveal-standings': [frozen, {}],
  'plan-start': [readyRun, { atWall: 1_800_000_000_000 }],
  'set-wall-scene': [running, { scene: 'story' }],
  'set-wall-page': [running, { page: { team, service: 'portal', path: '/', lang: 'en' } }],
}

test.each(Object.entries(GIVEN))(
  '%s given again, by a second press or from a second page, does nothing more',
  (type, [open, data]) => {
    const run = open()
    const command = { type, data, at: AT, by: white() } as Command
    const given = (at: number) => run.try({ ...command, at } as Command)
    const before = run.ledger.length
    expect(given(AT)).toBe(true)
    const once = run.ledger.length
    expect(once).toBeGreaterThan(before)
    // At once, and when the first one's reply was lost on the way: 12 s later.
    for (const at of [AT, AT + 12_000, AT + 60_000]) given(at)
    expect(run.ledger.length).toBe(once)
  },
)

test('a hint is bought at the price that was confirmed, or not at all', () => {
  const run = running()
  const hint = (level: number) => ({ team, weakness: 'tax-1', level })
  run.give('take-hint', hint(1), AT)
  expect(run.refused('take-hint', hint(1), AT)).toMatchObject({
    code: 'no-longer-so',
    params: { seen: 1, now: 2 },
  })
  expect(run.refused('take-hint', hint(3), AT).code).toBe('no-longer-so')
  run.give('take-hint', hint(2), AT)
})

test('two instructors who adjust at the same moment: the second one looks again first', () => {
  const run = attackedOnce()
  const adjust = { team, category: 'defence', points: 5, reason: 'Good report' } as const
  run.give('adjust-score', { ...adjust, seen: 0 }, AT)
  expect(run.refused('adjust-score', { ...adjust, points: 7, seen: 0 }, AT).code).toBe('no-longer-so')
  run.give('adjust-score', { ...adjust, points: 7, seen: 1 }, AT)
})
