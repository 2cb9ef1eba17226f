import { expect, test } from 'vitest'
import { initialState } from '../../server/exercise/fold/state.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import type { TurningPoint } from '../../server/exercise/views/turning-points.ts'
import type { LessonView } from '../../server/exercise/views/wall/lesson-views.ts'
import { makeSay } from '../../web/kit/i18n/use-say.ts'
import { lessonText } from '../../web/national/lesson-text.ts'
import { turnText } from '../../web/replay/turn-text.ts'
import { text } from '../exercise/made-scenario.ts'
import { lookUpIn } from '../kit/messages.ts'

const bout = { service: 'tax', team: 'Meremaa', ms: 61_000, noticedMs: 10_000, mendingMs: null }
const LESSONS: readonly LessonView[] = [
  { kind: 'open', services: ['tax'], teams: ['Meremaa'] },
  { kind: 'longest', bout: { ...bout, cause: 'attack' } },
  { kind: 'longest', bout: { ...bout, cause: 'outage' } },
  { kind: 'most-hit', services: ['tax'], teams: 1 },
]
const names = { service: (id: string) => id, team: (id: string) => id }
const point = (kind: 'first-landed' | 'first-mended', alone: boolean): TurningPoint => ({
  ...{ kind, alone, atMs: 60_000, team: 'Meremaa', attack: text('Way in'), afterMs: 30_000 },
})
/** What only somebody among several is. */
const AMONG = {
  en: /first|countr|Meremaa/i,
  et: /esime|riigi|Meremaa/i,
  ja: /最初|最も早|か国|Meremaa/,
} as const

test.each(LANGS)(
  'in %s the wall’s last words of one country name no country, and compare it with none',
  (lang) => {
    const say = makeSay(lang, lookUpIn(lang))
    const told = (total: number) => LESSONS.map((one) => lessonText(say, one, names, total))
    expect(told(1).filter((one) => AMONG[lang].test(one))).toEqual([])
    expect(told(3).filter((one) => AMONG[lang].test(one)).length).toBeGreaterThan(2)
  },
)

test.each(LANGS)('in %s a way in that was used against one team alone has no first', (lang) => {
  const say = makeSay(lang, lookUpIn(lang))
  const among = new RegExp(AMONG[lang].source.replace('|Meremaa', ''), 'i')
  for (const kind of ['first-landed', 'first-mended'] as const) {
    expect(turnText(say, initialState, point(kind, true))).not.toMatch(among)
    expect(turnText(say, initialState, point(kind, true))).toContain('Meremaa')
    expect(turnText(say, initialState, point(kind, false))).toMatch(among)
  }
})
