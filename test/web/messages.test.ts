import { describe, expect, test } from 'vitest'
import { LANGS } from '../../server/exercise/scenario/model.ts'
import { messages } from '../../web/kit/i18n/i18n.ts'

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
