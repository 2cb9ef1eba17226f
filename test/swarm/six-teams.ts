import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FIRST_WATCH = join(import.meta.dirname, '../../scenarios/first-watch')

export const TEAMS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'] as const

/** `first-watch` as it is shipped, for six teams with the same pilot instead of two of people. Returns its folder. */
export function sixTeams(folder: string): string {
  cpSync(FIRST_WATCH, folder, { recursive: true })
  const file = join(folder, 'scenario.yaml')
  const text = readFileSync(file, 'utf8')
  const teams = TEAMS.map(
    (id) => `  - { id: ${id}, name: { en: ${id}, et: ${id}, ja: ${id} }, country: EE, pilot: steady }\n`,
  )
  const six = text.replace(/defaultTeams: 1\nteams:\n(?: {2}- .*\n)+/, `teams:\n${teams.join('')}`)
  if (six === text) throw new Error(`${FIRST_WATCH} does not list its teams as it did`)
  writeFileSync(file, six)
  return folder
}
