import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TerminalStream } from '../../server/engine/ports/ports.ts'
import { TERMINAL_PIECE } from '../../server/exercise/wire/protocol.ts'
import { openTerminalSession } from '../../server/live/terminal-session.ts'
import { openOutbox, type SendPiece } from '../../web/terminal/terminal-outbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The server's own session over a container that takes each piece after `slowMs`, and a link to it that can break. */
function openFar(slowMs: number) {
  let arrived = ''
  const pieces: string[] = []
  const stream = {
    write: (data: string) => {
      arrived += data
      return new Promise<void>((taken) => setTimeout(taken, slowMs))
    },
    onData: () => undefined,
    onClose: () => undefined,
  } as unknown as TerminalStream
  const size = { cols: 80, rows: 24 }
  const session = openTerminalSession({ terminal: 't1', seatId: 's1', stream, size, closed: () => undefined })
  return {
    arrived: () => arrived,
    pieces,
    session,
    /** A connection. Once broken, pieces get lost on the way there, or their answers on the way back. */
    connect(): { send: SendPiece; break(): void } {
      let broken = false
      return {
        send: (piece, at) =>
          new Promise((answer) => {
            pieces.push(piece)
            setTimeout(() => {
              if (broken) return
              void session.type(piece, at, true).then((typed) => {
                if (!broken) answer(typed)
              })
            }, 3)
          }),
        break: () => {
          broken = true
        },
      }
    },
  }
}

const settle = () => vi.advanceTimersByTimeAsync(60_000)

describe('what is typed', () => {
  test('arrives whole and in order, however often the connection breaks', async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
          times: fc.nat(4_000),
        }),
      },
      { weight: 2, arbitrary: fc.record({ waitMs: fc.nat(60) }) },
      { weight: 1, arbitrary: fc.constant('break' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(30), async (steps, slowMs) => {
        const far = openFar(slowMs)
        const outbox = openOutbox(() => undefined)
        let typed = ''
        let line = far.connect()
        expect(outbox.join('t1', 0, line.send)).toBe(0)
        for (const one of steps) {
          if (one === 'break') {
            line.break()
            outbox.hold()
            await vi.advanceTimersByTimeAsync(20)
            line = far.connect()
            outbox.join('t1', far.session.typed(), line.send)
          } else if ('waitMs' in one) await vi.advanceTimersByTimeAsync(one.waitMs)
          else {
            const text = one.text.repeat(one.times + 1)
            expect(outbox.add(text)).toBe(true)
            typed += text
          }
        }
        await settle()
        expect(far.arrived() === typed).toBe(true)
        expect(outbox.left()).toBe(0)
        expect(far.pieces.every((piece) => piece.length <= TERMINAL_PIECE && piece.isWellFormed())).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('fits into the server’s messages, whatever it is made of, and at a pace it bears', async () => {
    const far = openFar(0)
    const outbox = openOutbox(() => undefined)
    const line = far.connect()
    outbox.join('t1', 0, line.send)
    outbox.add('\u001b'.repeat(300_000))
    await vi.advanceTimersByTimeAsync(100)
    expect(far.pieces.length).toBeLessThanOrEqual(20)
    await settle()
    expect(far.arrived()).toHaveLength(300_000)
    const longest = Math.max(
      ...far.pieces.map((piece) => JSON.stringify(['terminal-input', 't1', piece]).length),
    )
    expect(longest).toBeLessThan(60 * 1024)
  })

  test('before the first terminal goes into it; what was meant for one that has ended goes nowhere, and is counted', async () => {
    const far = openFar(0)
    const outbox = openOutbox(() => undefined)
    outbox.add('early ')
    const line = far.connect()
    expect(outbox.join('t1', 0, line.send)).toBe(0)
    await settle()
    line.break()
    outbox.hold()
    outbox.add('rm -r build')
    const other = openFar(0)
    expect(outbox.join('t2', 0, other.connect().send)).toBe('rm -r build'.length)
    outbox.add('ls')
    await settle()
    expect([far.arrived(), other.arrived()]).toEqual(['early ', 'ls'])
  })

  test('is given up where somebody interrupts: only what is under way still gets there', async () => {
    const far = openFar(50)
    const outbox = openOutbox(() => undefined)
    outbox.join('t1', 0, far.connect().send)
    outbox.add('x'.repeat(1_000_000))
    await vi.advanceTimersByTimeAsync(30)
    expect(outbox.drop()).toBeGreaterThan(900_000)
    outbox.add('\u0003')
    await settle()
    expect(far.arrived().length).toBeLessThan(100_000)
    expect(far.arrived().endsWith('\u0003')).toBe(true)
  })

  test('is not kept without limit', () => {
    const outbox = openOutbox(() => undefined)
    expect(outbox.add('x'.repeat(9 * 1024 * 1024))).toBe(false)
    expect(outbox.left()).toBe(0)
  })
})
