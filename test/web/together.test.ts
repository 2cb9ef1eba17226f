import { expect, test } from 'vitest'
import { togetherMs } from '../../web/kit/together.ts'

test('what lasted at the same time counts once', () => {
  const span = (fromMs: number, toMs: number) => ({ fromMs, toMs })
  expect(togetherMs([])).toBe(0)
  expect(togetherMs([span(10, 20), span(40, 50)])).toBe(20)
  expect(togetherMs([span(40, 50), span(10, 45), span(12, 13)])).toBe(40)
  expect(togetherMs([span(0, 10), span(0, 10), span(10, 15)])).toBe(15)
})
