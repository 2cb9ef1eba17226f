import { drawn } from './drawn.ts'
import { shellCommands, UNKNOWN } from './shell-words.ts'
import { sqlFootprints } from './sql-footprints.ts'

/** Commands that only start another. */
const BEFORE = new Set(['sudo', 'setsid', 'nohup', 'exec', 'command', 'env', 'busybox'])
/** Of files that every machine has, and of what is written nowhere. */
const NOWHERE = /^\/(dev|proc)\//

/** Where a command puts what it makes: all its operands, or the last one. */
const MAKES: Readonly<Record<string, 'all' | 'last' | 'account'>> = {
  tee: 'all',
  touch: 'all',
  mkdir: 'all',
  mkfifo: 'all',
  truncate: 'all',
  cp: 'last',
  mv: 'last',
  ln: 'last',
  install: 'last',
  useradd: 'account',
  adduser: 'account',
  groupadd: 'account',
  addgroup: 'account',
}

/**
 * Names that are the same in every run, of what a shell text makes: files and accounts. To add something drawn to a file that all have is no such thing, nor is
 * a folder that is made only where it is missing. `env`: variables that the text is given. Pure.
 */
export function shellFootprints(text: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const found: string[] = []
  let folder = ''
  for (const command of shellCommands(text, env)) {
    const words = command.words.slice(command.words.findIndex((word) => !BEFORE.has(word)))
    const at = (path: string) => (path.startsWith('/') || folder === '' ? path : `${folder}/${path}`)
    const [name = '', ...rest] = words
    if (name === 'cd') folder = rest[0] ?? ''
    const adds = [...words, command.fed].some(differs)
    for (const { to, appends } of command.writes) if (!appends || !adds) found.push(at(to))
    found.push(...made(name.split('/').at(-1) ?? '', rest, adds).map(at))
  }
  return [...found.filter(isFixed), ...sqlFootprints(text, [])]
}

/** The command as words, as an `exec` step has it. */
export function commandFootprints(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): readonly string[] {
  const at = command.findIndex((word) => /^-\w*c$/.test(word))
  const shell = /(^|\/)(ba|da|a)?sh$/.test(command[at - 1] ?? '')
  if (shell) return shellFootprints(command[at + 1] ?? '', env)
  return shellFootprints(command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' '), env)
}

function made(name: string, rest: readonly string[], adds: boolean): readonly string[] {
  const operands = rest.filter((word, n) => !word.startsWith('-') && !/^-[mog]$/.test(rest[n - 1] ?? ''))
  const flag = (letter: string) => rest.some((word) => new RegExp(`^-\\w*${letter}`).test(word))
  if (name === 'sed') return flag('i') && !adds ? operands.slice(-1) : []
  if (name === 'dd') return rest.flatMap((word) => (word.startsWith('of=') ? [word.slice(3)] : []))
  if ((name === 'mkdir' && flag('p')) || (name === 'tee' && flag('a') && adds)) return []
  switch (MAKES[name]) {
    case 'all':
      return operands
    case 'last':
      return operands.length > 1 ? operands.slice(-1) : []
    case 'account':
      return rest.slice(-1)
    default:
      return []
  }
}

const differs = (text: string): boolean => text.includes(UNKNOWN) || drawn(text)

const isFixed = (name: string): boolean => name !== '' && !differs(name) && !NOWHERE.test(name)
