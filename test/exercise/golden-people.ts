import type { ReportFields } from '#exercise/scenario/report.ts'
import { at } from '#exercise/scenario/trigger.ts'
import { blue, white } from '../kit/actors.ts'
import { peopledScenario, powerCut, text } from './made-scenario.ts'
import type { Run } from './run.ts'

/** What people do on an exercise day, for the golden ledger of it: so that every type of event of theirs has its part. */

/** Messages, a question, and something that happens outside once the attacks are over. */
export const { scoring } = peopledScenario
/** So much later than elsewhere: a stretch before them is quiet. ms */
const LATER_MS = 50_000
export const injects = peopledScenario.injects.map((one) =>
  one.trigger.kind === 'at' ? { ...one, trigger: at(one.trigger.atMs + LATER_MS) } : one,
)
export const world = [powerCut('power-cut', 450_000, { services: ['population'], forMs: 30_000 })]

const team = 'saareke'
const report: ReportFields = {
  service: 'population',
  noticedMs: 62_000,
  technique: 'T1190',
  indicators: 'GET /secret-path',
  actions: 'We closed the search.',
  confidence: 'high',
}
const press = { kind: 'inject', id: 'press-asks' } as const

/** All messages go out as they come due. */
export const sendDue = (run: Run, now: number) => {
  for (const { id, trigger } of injects)
    if (trigger.kind === 'at' && trigger.atMs === now)
      for (const one of run.state.teams) run.give('send-inject', { team: one.id, inject: id }, now)
}

export const PEOPLE: Readonly<Record<number, (run: Run, now: number) => unknown>> = {
  65000: (run, now) => {
    run.give('read-inject', { team, inject: 'press-asks' }, now, blue('b1'))
    run.give('claim-work', { team, subject: press, seen: 0 }, now, blue('b1'))
    run.give('save-draft', { team, inject: 'press-asks', field: 'text', text: 'We kn' }, now, blue('b1'))
  },
  75000: (run, now) => {
    const content = { kind: 'text', text: 'We know, and are at it.' } as const
    run.give('answer-inject', { team, inject: 'press-asks', content, seen: 0 }, now, blue('b1'))
    run.give('release-work', { team, subject: press, seen: 1 }, now, blue('b1'))
  },
  85000: (run, now) => {
    const graded = { team, inject: 'press-asks', comment: 'Clear.', final: false, seen: 1 }
    run.give('grade-inject', { ...graded, criteria: { true: 3, calm: 0 } }, now, white('w1'))
    const subject = press
    run.give('make-appeal', { team, subject, text: 'It was calm.' }, now, blue('b1'))
    run.give('grade-inject', { ...graded, criteria: { true: 3, calm: 1 } }, now + 1, white('w1'))
    run.give(
      'answer-appeal',
      { team, appeal: 'A1', text: 'So it was.', outcome: 'changed' },
      now + 1,
      white('w1'),
    )
  },
  95000: (run, now) => {
    const draft = { team, report: 'R1', field: 'actions', text: 'We cl' }
    run.give('save-report-draft', draft, now, blue('b1'))
    run.give('file-report', { team, report: 'R1', fields: report, seen: 0 }, now, blue('b1'))
  },
  105000: (run, now) => {
    const words = { comment: '', final: false, seen: 1 }
    const criteria = { service: 25, technique: 15, time: 10, indicators: 5, completeness: 5 }
    run.give('grade-report', { team, report: 'R1', match: 'wave-1', criteria, ...words }, now, white('w1'))
    run.give('write-handover', { team, text: 'The search is closed.', seen: 0 }, now, blue('b1'))
  },
  115000: (run, now) => {
    const content = { kind: 'choice', chosen: ['gdpr'] } as const
    run.give('answer-inject', { team, inject: 'which-law', content, seen: 0 }, now, blue('b1'))
  },
  175000: (run, now) => {
    const tried = { team, inject: 'which-file', text: 'passwd', digest: 'other-digest', seen: 0 }
    run.give('try-question', tried, now, blue('b1'))
    run.give('take-question-hint', { team, inject: 'which-file', level: 1 }, now, blue('b1'))
  },
  185000: (run, now) => {
    const tried = { team, inject: 'which-file', text: 'shadow', digest: 'right-digest', seen: 1 }
    run.give('try-question', tried, now, blue('b1'))
  },
  195000: (run, now) => {
    const guests = { message: 'm1', teams: null, guests: true, text: 'Lunch now noon.', wantsRead: true }
    run.give('send-message', guests, now, white('w1'))
    run.give('freeze-standings', {}, now, white('w1'))
  },
  365000: (run, now) => {
    run.give('reveal-standings', {}, now, white('w1'))
    const held = { kind: 'world', id: 'power-cut', team: 'meremaa' } as const
    run.give('change-entry', { ...held, change: { kind: 'hold' }, seen: 0 }, now, white('w1'))
    const entry = {
      kind: 'attack',
      weakness: 'tax/refund-iban',
      title: text('Once more'),
      counts: false,
    } as const
    run.give('add-entry', { id: 'once-more', atMs: null, teams: null, entry }, now, white('w1'))
    run.give(
      'act-on-service',
      { team: 'laanemets', service: 'tax', action: 'revert', seen: 0 },
      now,
      white('w1'),
    )
    run.give('report-act', { team: 'laanemets', act: 1, ok: true, reason: '' }, now + 900)
  },
  450000: (run, now) => {
    for (const id of [team, 'laanemets']) run.give('begin-world', { team: id, entry: 'power-cut' }, now)
  },
  480000: (run, now) => {
    for (const id of [team, 'laanemets']) run.give('end-world', { team: id, entry: 'power-cut' }, now)
  },
}
