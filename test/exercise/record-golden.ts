/**
 * Records a golden ledger and the views it must keep folding to: `node test/exercise/record-golden.ts NAME`.
 * Once per released version. A ledger that is there stays as it is, for it is what older exercises look like; then only its
 * views are taken again, for when a view gains something on purpose: read the diff.
 */
import { existsSync, writeFileSync } from 'node:fs'
import type { Scenario } from '#exercise/scenario/model.ts'
import { at } from '#exercise/scenario/trigger.ts'
import { blue, white } from '../kit/actors.ts'
import { injects, PEOPLE, scoring, sendDue, world } from './golden-people.ts'
import { goldenFile, goldenLedger, goldenViews } from './golden-views.ts'
import { attack, livedInScenario, text } from './made-scenario.ts'
import { playOut } from './made-world.ts'
import { look, openRun, type Run, seen } from './run.ts'

const [name = 'first-light'] = process.argv.slice(2)

const TEAMS = [
  { id: 'meremaa', name: { en: 'Meremaa', et: 'Meremaa', ja: 'メレマー' }, country: 'ME', pilot: 'swift' },
  { id: 'saareke', name: { en: 'Saareke', et: 'Saareke', ja: 'サーレケ' }, country: 'SA', pilot: 'clumsy' },
  {
    id: 'laanemets',
    name: { en: 'Läänemets', et: 'Läänemets', ja: 'ラーネメツ' },
    country: 'LA',
    pilot: 'absent',
  },
] as const

/** With what waits for its moment to be chosen, and a tutor. */
const scenario: Scenario = {
  ...livedInScenario,
  attacks: [
    ...livedInScenario.attacks,
    { ...attack('held', 'tax/refund-iban', 0), trigger: { kind: 'manual' } },
    {
      ...attack('answer', 'portal/stored-script', 0),
      trigger: {
        kind: 'after',
        after: { kind: 'attack', id: 'held', outcome: 'concluded' },
        delayMs: 30_000,
      },
    },
  ],
  tutor: [{ id: 'welcome', text: text('Look around.'), trigger: at(10_000) }],
}

/** What people, containers and the platform do, so that every type of event and every view has its part. */
const MEANWHILE: Readonly<Record<number, (run: Run, at: number) => unknown>> = {
  10000: (run, at) => {
    for (const { id } of TEAMS) run.give('say-tutor', { team: id, note: 'welcome' }, at)
  },
  49000: (run, at) => run.give('skip-quiet-time', { toMs: 50_000 }, at, white('w1')),
  20000: (run, at) => {
    run.give('change-speed', { speed: 2 }, at, white('w1'))
    run.give('issue-seat', { seatId: 'b1', seat: 'blue', team: 'saareke', label: 'Saareke' }, at, white('w1'))
    run.give('issue-seat', { seatId: 'o1', seat: 'observer', team: null, label: 'Press' }, at, white('w1'))
  },
  70000: (run, at) => {
    run.give('take-hint', { team: 'saareke', weakness: 'tax-1', level: 1 }, at, blue('b1'))
    run.give('open-terminal', { team: 'saareke', service: 'tax', terminal: 't1' }, at, blue('b1'))
  },
  80000: (run, at) => {
    const visit = { team: 'saareke', persona: 'worker', service: 'tax', journey: 'file' } as const
    run.give('report-visit', { ...visit, ...look('broken') }, at)
    const other = { team: 'laanemets', persona: 'elder', service: 'portal', journey: 'mailbox' } as const
    run.give('report-visit', { ...other, ...look('down') }, at)
    run.give('answer-ticket', { team: 'saareke', ticket: 'T1', text: 'We see it too.' }, at, blue('b1'))
  },
  82000: (run, at) => {
    const visit = { team: 'saareke', persona: 'worker', service: 'tax', journey: 'file' } as const
    run.give('report-visit', { ...visit, ...look('broken') }, at)
  },
  85000: (run, at) => {
    const visit = { team: 'saareke', persona: 'worker', service: 'tax', journey: 'file' } as const
    run.give('report-visit', { ...visit, ...look('up') }, at)
  },
  90000: (run, at) => {
    run.give('pause-exercise', { reason: 'A question from the teams' }, at, white('w1'))
    run.give('add-note', { text: 'Saareke asked whether the range is down.' }, at, white('w1'))
    run.give('change-preparation', { open: true }, at, white('w1'))
    run.give('resume-exercise', {}, at, white('w1'))
  },
  110000: (run, at) => {
    run.give('report-isolation-lost', { team: null, what: 'rules of the host' }, at)
    run.give('report-isolation-restored', { lostMs: 3_000 }, at)
  },
  115000: (run, at) => {
    run.give('report-strain', { late: true, stretch: 1.5, cause: 'processors' }, at)
    seen(run, 'laanemets', 'tax/history', 'down', at)
  },
  128000: (run, at) => {
    run.give('report-strain', { late: false, stretch: 1, cause: 'processors' }, at)
    seen(run, 'laanemets', 'tax/history', 'up', at)
    const held = { strike: 1, heldMiB: 900, teamMiB: 1_000, allowedMiB: 800, stays: false }
    run.give('report-disk', { team: 'laanemets', service: 'tax', ...held }, at)
  },
  130000: (run, at) => run.give('fire-entry', { kind: 'attack', id: 'held', team: null }, at, white('w1')),
  140000: (run, at) => {
    const died = { team: 'laanemets', service: 'portal', exitCode: 137, oom: true }
    run.give('report-container', { ...died, happened: 'died' }, at)
  },
  155000: (run, at) => {
    const started = { team: 'laanemets', service: 'portal', exitCode: 0, oom: false }
    run.give('report-container', { ...started, happened: 'started' }, at)
  },
  170000: (run, at) => {
    seen(run, 'laanemets', 'tax/file', 'slow', at)
    seen(run, 'laanemets', 'tax/refund', 'unknown', at)
  },
  // The pilot of Läänemets stays away, and somebody stops the service to keep the attack out.
  298000: (run, at) => void seen(run, 'laanemets', 'portal/alive', 'down', at),
  300000: (run, at) => {
    const attack = { team: 'laanemets', attack: 'wave-4' }
    run.give('launch-attack', attack, at)
    const report = { ...attack, attempt: 1, alive: false, evidence: look('down').evidence } as const
    run.give('report-attack', { ...report, result: 'failed' }, at)
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-4' }, at)
    run.give('recover-platform', { awayMs: 4_000 }, at)
  },
  350000: (run, at) => {
    run.give('change-pilot', { team: 'saareke', pilot: 'person' }, at, blue('b1'))
    run.give('revoke-seat', { seatId: 'o1' }, at, white('w1'))
    const adjust = {
      team: 'saareke',
      category: 'defence',
      reason: 'Reported the first attack well.',
    } as const
    run.give('adjust-score', { ...adjust, points: 40, seen: 0 }, at, white('w1'))
  },
}

/** An exercise whose first deploy failed: its events go before those of the played one. */
function failedDeploy(): Run {
  const run = openRun()
  const data = {
    exerciseId: 'first-light',
    scenario,
    scenarioHash: 'made',
    seed: 'seed',
    teams: TEAMS,
    speed: 1,
  }
  run.give('create-exercise', data)
  run.give('start-deploy', {})
  run.give('fail-deploy', { team: 'saareke', reason: 'tax was never healthy', evidence: 'listen EACCES' })
  return run
}

function recordLedger() {
  const before = failedDeploy().ledger
  const { run } = playOut({ ...scenario, injects, world, scoring }, TEAMS, (now, at) => {
    MEANWHILE[at]?.(now, at)
    sendDue(now, at)
    PEOPLE[at]?.(now, at)
  })
  const ledger = [...before, ...run.ledger.slice(1)].map((event, index) => ({
    ...event,
    position: index + 1,
  }))
  writeFileSync(goldenFile(`${name}.jsonl`), `${ledger.map((event) => JSON.stringify(event)).join('\n')}\n`)
}

if (!existsSync(goldenFile(`${name}.jsonl`))) recordLedger()
writeFileSync(
  goldenFile(`${name}.views.json`),
  `${JSON.stringify(goldenViews(goldenLedger(name)), null, 1)}\n`,
)
