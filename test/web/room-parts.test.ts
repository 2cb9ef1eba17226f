import { expect, test } from 'vitest'
import { restartsOf } from '../../web/kit/strip-marks.tsx'
import { spanOf } from '../../web/team-room/logs/log-range.ts'
import { joined, type LogLine } from '../../web/team-room/logs/use-logs.ts'

const line = (id: number): LogLine => ({ id, at: '', atMs: null, service: 'tax', line: `${id}` })
const lines = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => line(from - n))
const ids = ({ lines: all }: { readonly lines: readonly LogLine[] }) => all.map(({ id }) => id)

test('a newer page of a log keeps the older lines that were there; over a gap it begins anew', () => {
  const first = joined(lines(100, 51), null)
  expect(first.more).toBe(true)
  const all = { lines: [...first.lines, ...lines(50, 41)], more: false }
  const grown = joined(lines(103, 54), all)
  expect(ids(grown)).toEqual(ids({ lines: lines(103, 41) }))
  expect(grown.more).toBe(false)
  const gap = joined(lines(200, 151), all)
  expect(ids(gap)).toEqual(ids({ lines: lines(200, 151) }))
  expect(gap.more).toBe(true)
  expect(joined([], all)).toEqual({ lines: [], more: false })
  expect(joined(lines(3, 1), 'none').more).toBe(false)
})

test('what is written as a moment is one, and stands for its whole second', () => {
  const around = (moment: string) => spanOf({ kind: 'around', moment, reachS: 10 }, 0)
  expect(around('1:00')).toEqual({ fromMs: 50_000, toMs: 70_999 })
  expect(around('1:02:03')).toEqual({ fromMs: 3_713_000, toMs: 3_733_999 })
  expect([around(''), around('soon')]).toEqual([null, null])
  expect(spanOf({ kind: 'minute', moment: '', reachS: 10 }, 90_000)).toEqual({ fromMs: 30_000, toMs: null })
})

test('a container that starts and what runs in it that answers are one restart', () => {
  const marks = [
    { atMs: 1_000, what: 'died' },
    { atMs: 2_000, what: 'started' },
    { atMs: 4_000, what: 'answers' },
    { atMs: 60_000, what: 'answers' },
  ] as const
  expect(restartsOf(marks)).toEqual([2_000, 60_000])
  // One that was asked for in the editor is told as that, and no second time; one that did not stay up brought nothing back.
  expect(restartsOf(marks, [{ kind: 'restarted', atMs: 59_000 }])).toEqual([2_000])
  expect(restartsOf(marks, [{ kind: 'restart-failed', atMs: 59_000 }])).toEqual([2_000, 60_000])
})
