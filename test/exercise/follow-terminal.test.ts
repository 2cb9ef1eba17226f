import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { MAX_FOLLOWERS } from '#exercise/decide/decide-terminal.ts'
import { mayType } from '#exercise/decide/typing.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { teamOf } from '#exercise/fold/state.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { blue, white } from '../kit/actors.ts'
import { type Run, readyRun, runningRun } from './run.ts'

const team = 'meremaa'
const mari: Actor = { ...white('w1'), name: 'Mari' } as Actor
const jaan: Actor = { ...white('w1'), name: 'Jaan' } as Actor
const opened = (run: Run, terminal = 't1') =>
  run.give('open-terminal', { team, service: 'tax', terminal }, undefined, blue(team))
const begin = (run: Run, follow: string, by = mari, terminal = 't1') =>
  run.give('follow-terminal', { team, terminal, follow }, undefined, by)
const help = (run: Run, follow: string, helps: boolean, by = mari) =>
  run.give('help-terminal', { team, follow, helps }, undefined, by)
const followers = (run: Run) => teamOf(run.state, team)?.terminals[0]?.followers
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

function followed() {
  const run = runningRun()
  opened(run)
  begin(run, 'f1')
  return run
}

describe('who follows a terminal', () => {
  test('is on record with the name, from the beginning to the end, and so is who helps', () => {
    const run = followed()
    expect(followers(run)).toEqual([{ follow: 'f1', by: mari, helping: false }])
    expect(help(run, 'f1', true)).toMatchObject([{ type: 'terminal.help-began', data: { by: mari } }])
    expect(followers(run)).toMatchObject([{ helping: true }])
    expect(help(run, 'f1', true)).toEqual([])
    expect(help(run, 'f1', false)).toMatchObject([{ type: 'terminal.help-ended', data: { by: mari } }])
    help(run, 'f1', true)
    const ended = run.give('unfollow-terminal', { team, follow: 'f1', reason: 'left' }, undefined, mari)
    expect(ended).toMatchObject([
      { type: 'terminal.help-ended', data: { terminal: 't1', service: 'tax', reason: 'left', by: mari } },
      { type: 'terminal.follow-ended', data: { terminal: 't1', service: 'tax', reason: 'left', by: mari } },
    ])
    expect(followers(run)).toEqual([])
    expect(run.give('unfollow-terminal', { team, follow: 'f1', reason: 'left' })).toEqual([])
  })

  test('ends with the terminal, whatever ends that: each in the name of the one who followed', () => {
    const ends: readonly ((run: Run) => readonly { readonly type: string }[])[] = [
      (run) => run.give('close-terminal', { team, terminal: 't1', reason: 'closed' }, undefined, blue(team)),
      (run) =>
        run.give('act-on-service', { team, service: 'tax', action: 'restart', seen: 0 }, undefined, white()),
      (run) => run.give('recover-platform', { awayMs: 0 }),
    ]
    for (const end of ends) {
      const run = followed()
      begin(run, 'f2', jaan)
      help(run, 'f2', true, jaan)
      const events = end(run).filter(({ type }) => type.startsWith('terminal.'))
      expect(types(events)).toEqual([
        'terminal.follow-ended',
        'terminal.help-ended',
        'terminal.follow-ended',
        'terminal.closed',
      ])
      expect(events).toMatchObject([
        { data: { by: mari } },
        { data: { by: jaan } },
        { data: { by: jaan } },
        {},
      ])
      expect(teamOf(run.state, team)?.terminals).toEqual([])
    }
  })

  test('is an instructor of the exercise, or of the team itself, and nobody else', () => {
    const commands = [
      { type: 'follow-terminal', data: { team, terminal: 't1', follow: 'f1' } },
      { type: 'help-terminal', data: { team, follow: 'f1', helps: true } },
      { type: 'unfollow-terminal', data: { team, follow: 'f1', reason: '' } },
    ] as const
    for (const command of commands) {
      expect(mayCommand('white', null, command)).toBe(true)
      expect(mayCommand('blue', team, command)).toBe(true)
      expect(mayCommand('blue', 'saareke', command)).not.toBe(true)
      for (const seat of ['observer', 'guest'] as const)
        expect(mayCommand(seat, null, command)).not.toBe(true)
    }
  })

  test('finds a terminal that is open and a person’s, with room, and says why not', () => {
    const run = runningRun()
    expect(run.refused('follow-terminal', { team, terminal: 't1', follow: 'f1' }).code).toBe(
      'no-such-terminal',
    )
    expect(run.refused('follow-terminal', { team: 'nobody', terminal: 't1', follow: 'f1' }).code).toBe(
      'unknown-team',
    )
    run.give('open-terminal', { team, service: 'tax', terminal: 't0' }, undefined, pilotOf(team))
    expect(run.refused('follow-terminal', { team, terminal: 't0', follow: 'f1' }).code).toBe(
      'pilots-terminal',
    )
    opened(run)
    expect(run.refused('help-terminal', { team, follow: 'f1', helps: true }).code).toBe('not-followed')
    for (let n = 1; n <= MAX_FOLLOWERS; n += 1) begin(run, `f${n}`)
    expect(run.refused('follow-terminal', { team, terminal: 't1', follow: 'f1' }).code).toBe('follow-exists')
    expect(run.refused('follow-terminal', { team, terminal: 't1', follow: 'more' })).toMatchObject({
      code: 'too-many-followers',
      params: { max: MAX_FOLLOWERS },
    })
    run.give('unfollow-terminal', { team, follow: 'f1', reason: 'stopped' })
    begin(run, 'more')
  })

  test('may follow and help before the start and in a pause, and the team may type no more for that', () => {
    const before = readyRun()
    opened(before)
    begin(before, 'f1')
    help(before, 'f1', true)
    expect(mayType(before.state, 'blue')).toBe(false)
    const run = followed()
    run.give('pause-exercise', { reason: 'Lunch' }, 10_000, white())
    begin(run, 'f2', jaan)
    expect(help(run, 'f2', true, jaan)).toMatchObject([{ type: 'terminal.help-began', data: { by: jaan } }])
    expect(mayType(run.state, 'blue')).toBe(false)
    expect(mayType(run.state, 'white')).toBe(true)
  })

  test('is known to white and the team, and to nobody else', () => {
    const run = followed()
    help(run, 'f1', true)
    run.give('close-terminal', { team, terminal: 't1', reason: 'closed' }, undefined, blue(team))
    const seen = (audience: Audience) =>
      run.ledger
        .flatMap((event) => redact(event, audience) ?? [])
        .filter(({ type }) => /^terminal\.(follow|help)/.test(type))
    expect(seen({ seat: 'white' })).toHaveLength(4)
    expect(seen({ seat: 'blue', team })).toEqual(seen({ seat: 'white' }))
    for (const event of seen({ seat: 'blue', team }))
      expect(event.data).toMatchObject({ by: { name: 'Mari' } })
    expect(seen({ seat: 'blue', team: 'saareke' })).toEqual([])
    expect(seen({ seat: 'observer' })).toEqual([])
    expect(seen({ seat: 'guest' })).toEqual([])
    const own = fold(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? []))
    expect(
      teamOf(own, team)
        ?.story.map(({ code }) => code)
        .slice(-4),
    ).toEqual([
      'story.terminal.follow-began',
      'story.terminal.help-began',
      'story.terminal.help-ended',
      'story.terminal.follow-ended',
    ])
  })
})
