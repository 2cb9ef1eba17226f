import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { normalisedAnswer } from '../../server/exercise/scenario/question.ts'
import { loadScenario } from '../../server/scenario/load.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** All text under a weakness, as the answers of questions are compared. */
function textUnder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const texts = files.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
  return normalisedAnswer(texts.join('\n'))
}

test('what the police ask about an attack can be found in what is planted or done there', async () => {
  const { scenario } = await loadScenario(join(ROOT, 'scenarios/locked-meremaa'))
  const weaknesses = new Map(scenario.attacks.map(({ id, weakness }) => [id, weakness]))
  const asked = scenario.injects.flatMap(({ id, trigger, expects }) =>
    expects?.kind === 'question' && trigger.kind === 'after'
      ? [{ id, attack: trigger.after.id, answers: expects.answers ?? [] }]
      : [],
  )
  expect(asked).toHaveLength(12)
  for (const { id, attack, answers } of asked) {
    const [service = '', weakness = ''] = (weaknesses.get(attack) ?? '').split('/')
    const planted = textUnder(join(ROOT, 'infra/services', service, 'weaknesses', weakness))
    const there = answers.filter((answer) => planted.includes(answer))
    expect([id, there.length > 0]).toEqual([id, true])
  }
})
