import { expect, test } from 'vitest'
import { complaints, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const question = '{ question: { answers: [id_deploy] } }'
const words = (en: string) => `{ en: ${en}, et: ${en}, ja: ${en} }`

/** Complaints about a message that wants `answer`, with what machine-played teams say to it. */
const said = async (answer: string, pilots: string) => {
  const rubric = answer === question ? '' : `rubric: [{ id: r, title: ${words('R')}, points: 1 }], `
  const entry = `{ kind: inject, id: asked, title: ${words('A')}, text: ${words('B')}, from: ${words('C')}, at: 1m, within: 1m, answer: ${answer}, ${rubric}pilots: ${pilots} }`
  const made = await fixture({
    file: SCENARIO,
    from: 'timeline:\n',
    to: `timeline:\n  entries:\n    - ${entry}\n`,
  })
  const lines = (await complaints(made)).map((line) => line.replace(/^\S+ /, ''))
  // That these messages have no points is not what is asked here.
  return lines.filter((line) => !line.startsWith('category-without-points'))
}

const choice = `{ choice: [{ id: yes-do, text: ${words('Y')}, right: true }, { id: no-never, text: ${words('N')} }] }`
const wrongKind =
  'pilot-answer a machine-played team answers what is asked: one of `text`, `choice` (options that there are), `sitrep` and `question`'

test.each([
  ['words to words', '{ text: 100 }', `{ swift: { text: ${words('S')} }, clumsy: { text: ${words('T')} } }`],
  ['an option of the choice', choice, '{ steady: { choice: [no-never] } }'],
  ['a try at a question, though it is wrong', question, '{ clumsy: { question: id_rsa } }'],
  ['a report', '{ sitrep: true }', `{ swift: { sitrep: { services: ${words('S')} } } }`],
])('fits: %s', async (_what, answer, pilots) => {
  expect(await said(answer, pilots)).toEqual([])
})

test.each([
  ['words to a choice', choice, `{ swift: { text: ${words('S')} } }`],
  ['an option that there is not', choice, '{ swift: { choice: [perhaps] } }'],
  ['two where one is asked for', choice, '{ swift: { choice: [yes-do, no-never] } }'],
  ['an empty report', '{ sitrep: true }', '{ swift: { sitrep: {} } }'],
  ['two kinds at once', '{ text: 100 }', `{ swift: { text: ${words('S')}, choice: [yes-do] } }`],
  ['words to a question', question, `{ swift: { text: ${words('S')} } }`],
  ['a try where nothing is asked', '{ text: 100 }', '{ swift: { question: id_deploy } }'],
  ['nothing', '{ text: 100 }', '{ swift: {} }'],
])('is refused with its reason: %s', async (_what, answer, pilots) => {
  expect(await said(answer, pilots)).toEqual([wrongKind])
})

test('who plays by hand has no machine’s words', async () => {
  const [found] = await said('{ text: 100 }', `{ person: { text: ${words('S')} } }`)
  expect(found).toMatch(/^unknown-key `person` is not a key here/)
})
