import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

/** Pure: where control groups are mounted, from the text of /proc/mounts: each hierarchy of version 1, or the one of version 2. */
export const hierarchiesIn = (mounts: string): readonly string[] =>
  mounts.split('\n').flatMap((line) => {
    const [, at = '', type = ''] = line.split(' ')
    return /^cgroup2?$/.test(type) ? [at] : []
  })

const places = (group: string): readonly string[] =>
  hierarchiesIn(readFileSync('/proc/mounts', 'utf8'))
    .map((at) => join(at, group))
    .filter((path) => existsSync(path))

/** Processes of this machine in the group and those below it. */
export function processesIn(group: string): readonly number[] {
  return [...new Set(places(group).flatMap(processesUnder))]
}

function processesUnder(folder: string): readonly number[] {
  const own = readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number)
  return [...own, ...below(folder).flatMap(processesUnder)]
}

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))

/** Removes the group and those below it, in every hierarchy. False while one of them is busy. */
export function removeGroup(group: string): boolean {
  try {
    for (const place of places(group)) removeUnder(place)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EBUSY') return false
    throw error
  }
}

function removeUnder(folder: string): void {
  for (const one of below(folder)) removeUnder(one)
  rmdirSync(folder)
}
