import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { surprised } from '../../server/engine/platform/surprise.ts'
import { questionDigest } from '../../server/engine/question-digest.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'
import { harbour } from '../kit/harbour.ts'

const ENTRY = `
  entries:
    - kind: inject
      id: which-ticket
      at: 2m
      title: Which ticket was read?
      text: The police ask for its number.
      from: The police
      answer: { question: { answers: [ANSWERS], tries: 2, hints: [Look at the log.] } }
`

/** The harbour with a question. */
async function asking(answers: string, more = '', to = ENTRY) {
  const { scenario, pack } = await harbour()
  const file = join(scenario, 'scenario.yaml')
  const entry = to.replace('ANSWERS', answers).trimEnd()
  const text = (await readFile(file, 'utf8')).replace('\ncitizens:', `${entry}${more}\ncitizens:`)
  await writeFile(file, text)
  return { folder: scenario, packs: [pack] }
}
const complaints = async ({ folder, packs }: Awaited<ReturnType<typeof asking>>) =>
  (await checkScenario(folder, { packs })).map(({ code, message }) => `${code} ${message}`)

test('a question is compiled with its answers as they are compared, and begins an exercise with digests alone', async () => {
  const { folder, packs } = await asking('"Ticket  No. 7", TICKET NO. 7, ７')
  const { scenario } = await loadScenario(folder, { packs })
  const [question] = scenario.injects
  expect(question).toMatchObject({
    category: 'forensics',
    rubric: [],
    expects: { kind: 'question', tries: 2, answers: ['ticket no. 7', '7'] },
  })
  const begun = surprised(scenario, 'seed').injects[0]?.expects
  expect(begun).toMatchObject({
    digests: ['ticket no. 7', '7'].map((one) => questionDigest('seed', 'which-ticket', one)),
  })
  expect(JSON.stringify(begun)).not.toContain('ticket no')
})

test.each([
  ['""', '', 'an answer is missing here'],
  ['" "', '', 'an answer is missing here'],
  ['', '', '1'],
  ['seven', '\n      rubric: [{ id: x, title: X, points: 1 }]', 'question-rubric'],
])('answers [%s]%s: kilp check says what is wrong', async (answers, more, said) => {
  expect((await complaints(await asking(answers, more))).join('\n')).toContain(said)
})
