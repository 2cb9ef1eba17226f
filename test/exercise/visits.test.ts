import { expect, test } from 'vitest'
import type { Persona } from '#exercise/scenario/citizens.ts'
import { wishOf } from '#exercise/schedule/wanted-visits.ts'
import { madeScenario } from './made-scenario.ts'

const [one] = madeScenario.citizens.personas
if (!one) throw new Error('nobody lives here')
const citizens: Persona = { ...one, id: 'citizens', share: 0.9 }
const clerks: Persona = { ...one, id: 'clerks', share: 0.1 }

const partOf = (personas: readonly Persona[], id: string) => {
  const drawn = Array.from({ length: 2_000 }, (_, n) => wishOf(personas, `x/${n}`)?.persona)
  return drawn.filter((persona) => persona === id).length / drawn.length
}

test('as many come of each persona as there are', () => {
  expect(partOf([citizens, clerks], 'clerks')).toBeCloseTo(0.1, 1)
})

test('those who come often come as often as the scenario says, however few they are', () => {
  expect(partOf([citizens, { ...clerks, visits: 9 }], 'clerks')).toBeCloseTo(0.5, 1)
})
