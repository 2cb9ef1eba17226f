import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import type { SeatKind } from '#exercise/scenario/model.ts'

const may = (seat: SeatKind, team: string | null, type: 'take-hint' | 'open-terminal' | 'change-pilot') => {
  const data = {
    'take-hint': { team: 'meremaa', weakness: 'tax-1', level: 1 },
    'open-terminal': { team: 'meremaa', service: 'tax', terminal: 't' },
    'change-pilot': { team: 'meremaa', pilot: 'person' },
  } as const
  const answer =
    type === 'take-hint'
      ? mayCommand(seat, team, { type, data: data[type] })
      : type === 'open-terminal'
        ? mayCommand(seat, team, { type, data: data[type] })
        : mayCommand(seat, team, { type, data: data[type] })
  return answer === true ? true : answer.code
}

describe('who may give a command', () => {
  test('a blue seat for its own team only', () => {
    for (const type of ['take-hint', 'open-terminal', 'change-pilot'] as const) {
      expect(may('blue', 'meremaa', type)).toBe(true)
      expect(may('blue', 'saareke', type)).toBe('not-your-team')
      expect(may('observer', null, type)).toBe('not-allowed')
      expect(may('guest', null, type)).toBe('not-allowed')
    }
  })

  test('white conducts, and does not play for a team', () => {
    expect(mayCommand('white', null, { type: 'pause-exercise', data: { reason: '' } })).toBe(true)
    expect(may('white', null, 'change-pilot')).toBe(true)
    expect(may('white', null, 'take-hint')).toBe('not-allowed')
    expect(mayCommand('blue', 'meremaa', { type: 'pause-exercise', data: { reason: '' } })).toMatchObject({
      code: 'not-allowed',
    })
  })

  test('what the platform reports comes from no seat', () => {
    const check = { team: 'meremaa', service: 'tax', journey: 'file', results: [] }
    for (const seat of ['white', 'blue', 'observer', 'guest'] as const) {
      expect(mayCommand(seat, 'meremaa', { type: 'report-check', data: check })).toMatchObject({
        code: 'not-allowed',
      })
      expect(mayCommand(seat, null, { type: 'recover-platform', data: { awayMs: 0 } })).not.toBe(true)
    }
  })

  test("a made-up command is nobody's", () => {
    const made = { type: '__proto__', data: {} } as unknown as Parameters<typeof mayCommand>[2]
    expect(mayCommand('white', null, made)).toMatchObject({ code: 'not-allowed' })
  })
})
