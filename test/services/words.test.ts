import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const services = join(import.meta.dirname, '../../infra/services')
/** Kana or kanji. */
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/

/** Lines with Japanese that citizens, teams and guests read of services and weaknesses, with their place. */
const lines = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(yaml|md|ts)$/.test(name) && !/node_modules|README/.test(name))
  .flatMap((name) =>
    readFileSync(join(services, name), 'utf8')
      .split('\n')
      .map((line, i) => ({ place: `${name}:${i + 1}`, line }))
      // What citizens may ask is in their words, not in ours.
      .filter(({ line }) => JAPANESE.test(line) && !/^asked:|^\s*(\/\/|\/\*\*)/.test(line)),
  )

/** In the Japanese of a line alone: English and Estonian have brackets of their own width. */
const found = (pattern: RegExp, but = /^$/) =>
  lines
    .filter(({ place, line }) => !but.test(place) && pattern.test(line.replace(/^.*\bja: /, '')))
    .map(({ place, line }) => `${place}: ${line.trim()}`)

test('there are such lines of each kind', () => {
  expect(lines.length).toBeGreaterThan(800)
  for (const kind of ['weakness.yaml', 'journeys/', 'service.yaml', 'texts.ts', 'corpus/'])
    expect(lines.some(({ place }) => place.includes(kind))).toBe(true)
})

test.each<[what: string, pattern: RegExp, but?: RegExp]>([
  // In Japan 個人番号 is My Number by law: only its own portal may call it that.
  ['no My Number in Meremaa', /個人番号/, /^mynumber\/src\/texts\.ts/],
  ['names of services', /郵便箱|国家ポータル|データ追跡|マイナンバーポータル|身分証明サービス/],
  ['words of the field', /機械|マシン|弱点|足場|時刻認証|データ連携|紐付|申し出|(?<![a-z])e-ID/],
  ['what reads as something else', /十分間|十分以内|成人向け/],
  ['spelt as official texts spell it', /気づ|わか[らりるっ]|(?<!その)他の|〜/],
  [
    'numbers are written in digits',
    /[二三四五六七八九十]+(回|件|台|票|枚|桁|通|分)(?!の一)|一(回|件|票|枚|桁|通|分|週間)/,
  ],
  [
    'punctuation as wide as the letters',
    /[\u3040-\u30ff\u4e00-\u9fff][():?!,]|\)[\u3040-\u30ff\u4e00-\u9fff]/,
    // A list of what a page must say.
    /^mynumber\/journeys\/income-across-the-border/,
  ],
])('Japanese of services and weaknesses: %s', (_what, pattern, but) => {
  expect(found(pattern, but)).toEqual([])
})
