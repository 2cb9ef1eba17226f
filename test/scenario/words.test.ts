import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { readPages } from '../../server/scenario/brought/pages.ts'

const scenarios = join(import.meta.dirname, '../../scenarios')
/** What people read in the scenarios that come along: everything between quotes or colons and the end of the line, with its place. */
const lines = readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(yaml|md)$/.test(name))
  .flatMap((name) => {
    let key = ''
    return readFileSync(join(scenarios, name), 'utf8')
      .split('\n')
      .map((line, i) => {
        key = /^ {2}([a-z]+):/.exec(line)?.[1] ?? (/^\S/.test(line) ? '' : key)
        return { place: `${name}:${i + 1}`, line, message: key === 'entries' }
      })
  })
const where = (pattern: RegExp, among = /./) =>
  lines
    .filter(({ place, line }) => among.test(place) && pattern.test(line))
    .map(({ place, line }) => `${place}: ${line.trim()}`)

test.each([
  [
    'Estonian: server, turvanõrkus, rünnak, tahvelarvuti',
    /\b(masin(as|at|ad)?|rünne|ründe|tahvel"|SIM-iga|Haigla arst)\b|[^a]nõrkus/,
  ],
  [
    'Estonian: seanss, märge, teade, Vabariigi Valimiskomisjon',
    /sessioon|märkus|intsidenditeavitus|valvelaud|Riigi Valimiskomisjon|seal seisab|[„][^“"]*”/,
  ],
  [
    'Japanese: the words of the glossary',
    /弱点|機械|マシン|指導役|台帳|データ追跡|税務署|紐付|パラメータ(?!ー)|足場|会計士/,
  ],
  ['Japanese: numbers are written in digits', /[一二三四五六七八九十]+(分|時間|秒|段階|台|班|のサービス)/],
  [
    'English: no doors, mats and lies',
    /under the mat|false ink|borrowed letterhead|helpful lie|lock this state up|thrown out|throw the guest/,
  ],
])('scenarios keep to the words of the field. %s', (_what, pattern) => {
  expect(where(pattern)).toEqual([])
})

const FORMAL = /\b(teie|olete|[Aa]vage|[Vv]aadake|[Ll]ugege|[Kk]asutage)\b/

test('the tutor says sina, as hints and pages do; briefings, and strangers who write to a team, say teie', () => {
  const ours = lines.filter(({ place, message }) => place.includes('scenario.yaml') && !message)
  expect(ours.filter(({ line }) => FORMAL.test(line))).toEqual([])
  expect(lines.some(({ message, line }) => message && FORMAL.test(line))).toBe(true)
})

test('what follows a colon in Estonian begins small', () => {
  expect(where(/et: "(Veel kord|Valimisööl): \p{Lu}/u)).toEqual([])
})

test.each(
  readdirSync(scenarios, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
)('teams and the instructor read %s in each language', async (name) => {
  const { briefing, instructor } = await readPages(join(scenarios, name), 'en', [])
  const languages = LANGS.toSorted()
  expect(Object.keys(briefing).toSorted()).toEqual(languages)
  expect(Object.keys(instructor).toSorted()).toEqual(languages)
  // A table, and what it tells, is whole in each of them.
  for (const page of [briefing, instructor]) {
    const rows = Object.values(page).map((text) => text.match(/^\|/gm)?.length ?? 0)
    expect(new Set(rows).size).toBe(1)
  }
})
