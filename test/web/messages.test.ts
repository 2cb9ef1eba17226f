import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CATEGORIES, LANGS, PILOTS, VERDICTS } from '../../server/exercise/scenario/model.ts'
import { isMessage, messages } from '../../web/kit/i18n/i18n.ts'

const exercise = join(import.meta.dirname, '../../server/exercise')
const sources = readdirSync(exercise, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(exercise, name), 'utf8'))
  .join('\n')

const found = (pattern: RegExp): string[] => [
  ...new Set([...sources.matchAll(pattern)].map((match) => match[1] ?? '')),
]

/** Codes that the core builds from a word of its own. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  'attack.${state}': ['attack.abandoned', 'attack.void'],
  // Becoming unknown tells nothing.
  'service.${to}': VERDICTS.filter((verdict) => verdict !== 'unknown').map((verdict) => `service.${verdict}`),
  'pilot.${data.action}': ['pilot.fix', 'pilot.wrong-fix', 'pilot.undo-wrong-fix'],
  '${category}.adjusted': CATEGORIES.map((category) => `${category}.adjusted`),
}
const spread = (codes: readonly string[]) =>
  codes.flatMap((code) => (code.includes('${') ? (BUILT[code] ?? [code]) : [code]))

const story = spread([
  ...found(/tell(?:White)?\(\s*draft,\s*event,\s*[^,]+,\s*['`]([^'`]+)['`]/g),
  ...found(/tellTeam\(\s*draft,\s*team,\s*event,\s*[^,]+,\s*['`]([^'`]+)['`]/g),
  ...found(/defended \? '(attack\.[a-z]+)' :/g),
  ...found(/defended \? 'attack\.[a-z]+' : '(attack\.[a-z]+)'/g),
])
const score = spread(found(/\bcode:[^,;]*?['`]([a-z${}-]+\.[a-z-]+)['`]/g)).concat(
  found(/: '(defence\.landed)'/g),
)
const situation = found(/\bsay\('([a-z]+)'/g).concat('paused', 'ready', 'ended')

describe('every code of the core has a text', () => {
  test('story', () => {
    expect(story.length).toBeGreaterThan(25)
    expect(story.filter((code) => !isMessage(`story.${code}`))).toEqual([])
  })

  test('score lines', () => {
    expect(score.length).toBeGreaterThan(10)
    expect(score.filter((code) => !isMessage(`score.${code}`))).toEqual([])
  })

  test('situations', () => {
    expect(situation).toEqual(expect.arrayContaining(['calm', 'outage', 'attack', 'slow', 'preparing']))
    expect(situation.filter((code) => !isMessage(`situation.${code}`))).toEqual([])
  })

  test('pilots', () => {
    expect(PILOTS.filter((pilot) => !isMessage(`pilot.${pilot}`))).toEqual([])
  })
})

describe('every text', () => {
  const keys = Object.keys(messages.en)
  test.each(LANGS)('%s is written and not left in English', (lang) => {
    const texts: Readonly<Record<string, string>> = messages[lang]
    expect(keys.filter((key) => !texts[key]?.trim())).toEqual([])
    const same = keys.filter(
      (key) => lang !== 'en' && texts[key] === (messages.en as Record<string, string>)[key],
    )
    // A name, a unit, a sign.
    expect(
      same.filter(
        (key) =>
          ![
            'team.tab.terminal',
            'score.availability.service',
            'evidence.took',
            'outcome.place',
            'transport.times',
            'tickets.who',
          ].includes(key),
      ),
    ).toEqual([])
  })

  test.each(LANGS)('%s names only parameters that English names too', (lang) => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])
    const wrong = Object.entries(messages[lang]).filter(([key, text]) => {
      const known = new Set(names((messages.en as Record<string, string>)[key] ?? ''))
      return names(text).some((name) => !known.has(name))
    })
    expect(wrong).toEqual([])
  })
})
