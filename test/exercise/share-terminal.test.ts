import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { MAX_COLLEAGUES, MAX_FOLLOWERS } from '#exercise/decide/decide-terminal.ts'
import { teamOf } from '#exercise/fold/state.ts'
import { type Actor, pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { TerminalAccess } from '#exercise/ledger/terminal-events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { blue, white } from '../kit/actors.ts'
import { type Run, runningRun } from './run.ts'

const team = 'meremaa'
const anna: Actor = { ...blue(team), name: 'Anna' } as Actor
const peeter: Actor = { ...blue(team), name: 'Peeter' } as Actor
const mari: Actor = { ...white('w1'), name: 'Mari' } as Actor

const share = (run: Run, access: TerminalAccess, by = anna, terminal = 't1') =>
  run.give('share-terminal', { team, terminal, access }, undefined, by)
const look = (run: Run, follow: string, by = peeter) =>
  run.give('follow-terminal', { team, terminal: 't1', follow }, undefined, by)
const type = (run: Run, follow: string, helps: boolean, by = peeter) =>
  run.give('help-terminal', { team, follow, helps }, undefined, by)
const open = (run: Run) => teamOf(run.state, team)?.terminals[0]
const refusedTo = (run: Run, by: Actor, follow = 'fx') =>
  run.refused('follow-terminal', { team, terminal: 't1', follow }, undefined, by).code

function opened() {
  const run = runningRun()
  run.give('open-terminal', { team, service: 'tax', terminal: 't1' }, undefined, anna)
  return run
}

describe('a terminal that is shared with colleagues', () => {
  test('is nobody’s but its own until its owner says so; then they look, and type only where they may', () => {
    const run = opened()
    expect(open(run)?.shared).toBe('nobody')
    expect(refusedTo(run, peeter)).toBe('not-shared')
    expect(share(run, 'look')).toMatchObject([
      { type: 'terminal.shared', data: { access: 'look', service: 'tax', by: anna } },
    ])
    expect(share(run, 'look')).toEqual([])
    look(run, 'f1')
    expect(run.refused('help-terminal', { team, follow: 'f1', helps: true }, undefined, peeter).code).toBe(
      'look-only',
    )
    share(run, 'write')
    expect(type(run, 'f1', true)).toMatchObject([{ type: 'terminal.help-began', data: { by: peeter } }])
    expect(open(run)).toMatchObject({ shared: 'write', followers: [{ by: peeter, helping: true }] })
  })

  test('is taken back with all that it gave, and an instructor stays', () => {
    const run = opened()
    share(run, 'write')
    look(run, 'f1')
    look(run, 'f2')
    look(run, 'w', mari)
    type(run, 'f1', true)
    type(run, 'w', true, mari)
    expect(share(run, 'look')).toMatchObject([
      { type: 'terminal.shared', data: { access: 'look' } },
      { type: 'terminal.help-ended', data: { follow: 'f1', reason: 'taken-back', by: peeter } },
    ])
    share(run, 'write')
    type(run, 'f2', true)
    expect(share(run, 'nobody')).toMatchObject([
      { type: 'terminal.shared', data: { access: 'nobody' } },
      { type: 'terminal.follow-ended', data: { follow: 'f1', reason: 'taken-back', by: peeter } },
      { type: 'terminal.help-ended', data: { follow: 'f2', reason: 'taken-back' } },
      { type: 'terminal.follow-ended', data: { follow: 'f2', reason: 'taken-back' } },
    ])
    expect(open(run)?.followers).toEqual([{ follow: 'w', by: mari, helping: true }])
    expect(refusedTo(run, peeter)).toBe('not-shared')
  })

  test('is shared by the seat that opened it alone, and only a person’s on a page', () => {
    const run = opened()
    const other: Actor = { ...blue(team), seatId: 'another seat' } as Actor
    const refused = (by: Actor, terminal = 't1') =>
      run.refused('share-terminal', { team, terminal, access: 'write' }, undefined, by).code
    expect(refused(other)).toBe('not-your-terminal')
    expect(refused(anna, 'gone')).toBe('no-such-terminal')
    run.give('open-terminal', { team, service: 'tax', terminal: 't2' }, undefined, pilotOf(team))
    run.give('open-terminal', { team, service: 'tax', terminal: 't3', via: 'ssh' }, undefined, anna)
    run.give('open-terminal', { team, service: 'tax', terminal: 't4' }, undefined, mari)
    expect(['t2', 't3', 't4'].map((terminal) => refused(anna, terminal))).toEqual([
      'not-your-terminal',
      'ssh-terminal',
      'not-your-terminal',
    ])
    const command = { type: 'share-terminal', data: { team, terminal: 't1', access: 'write' } } as const
    expect(mayCommand('blue', team, command)).toBe(true)
    expect(mayCommand('blue', 'saareke', command)).not.toBe(true)
    for (const seat of ['white', 'observer', 'guest'] as const)
      expect(mayCommand(seat, null, command)).not.toBe(true)
  })

  test('has room for colleagues and for instructors, who take each other no place', () => {
    const run = opened()
    share(run, 'look')
    for (let n = 0; n < MAX_COLLEAGUES; n += 1) look(run, `c${n}`)
    expect(refusedTo(run, peeter)).toBe('too-many-colleagues')
    for (let n = 0; n < MAX_FOLLOWERS; n += 1) look(run, `w${n}`, mari)
    expect(refusedTo(run, mari)).toBe('too-many-followers')
  })

  test('is known to the team and white alone, and colleagues who come and go are no news', () => {
    const run = opened()
    share(run, 'write')
    const story = () => teamOf(run.state, team)?.story.map(({ code }) => code)
    const before = story()
    look(run, 'f1')
    type(run, 'f1', true)
    share(run, 'nobody')
    expect(story()).toEqual(before)
    const seen = (audience: Audience) =>
      run.ledger
        .flatMap((event) => redact(event, audience) ?? [])
        .filter((event) => /^terminal\.(shared|follow|help)/.test(event.type))
    expect(seen({ seat: 'white' })).toHaveLength(6)
    expect(seen({ seat: 'blue', team })).toEqual(seen({ seat: 'white' }))
    for (const audience of [
      { seat: 'blue', team: 'saareke' },
      { seat: 'observer' },
      { seat: 'guest' },
    ] as const)
      expect(seen(audience)).toEqual([])
  })
})
