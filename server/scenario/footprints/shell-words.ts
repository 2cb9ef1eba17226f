/** A simple command of a shell text: its words with variables put in, and where it writes. `\0` stands for what only the shell would know. */
export interface ShellCommand {
  readonly words: readonly string[]
  readonly writes: readonly { readonly to: string; readonly appends: boolean }[]
  /** What stands in its here-document. */
  readonly fed: string
}

export const UNKNOWN = '\0'

/** In the order of a lexer: template, here-document, quoted, escaped, variable or substitution, redirection, operator, blank, comment, anything else. */
const TOKEN =
  /(?<template>\{\{.*?\}\})|<<-?\s*(?<mark>['"]?\w+['"]?)|(?<fd>&|\d)?(?<redirect>>>|>\||>)(?<dup>&\s*[\d-]+)?|<[<>]?|'(?<plain>[^']*)'|"(?<quoted>(?:[^"\\]|\\.)*)"|\\(?<escaped>[\s\S])|\$\{?(?<variable>\w+)[^}\s]*?\}|\$(?<name>\w+|[@*#?$!-])|(?<substitution>\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`)|(?<operator>[;&|(){}]+|\n)|(?<blank>[^\S\n]+)|(?<comment>(?<![^\s;&|(])#[^\n]*)|(?<other>[\s\S])/g

/**
 * The simple commands of a shell text, one after the other, with the variables that it or `env` sets. It knows what scripts of weaknesses use: lists, pipes, quotes, variables,
 * redirections and here-documents. What depends on a run of the shell (substitutions, loops, parameters) is UNKNOWN, and never taken for something fixed. Pure.
 */
export function shellCommands(
  text: string,
  env: Readonly<Record<string, string>> = {},
): readonly ShellCommand[] {
  const variables = new Map(Object.entries(env))
  const commands: ShellCommand[] = []
  const { script, fed } = withoutDocuments(text)
  let words: string[] = []
  let writes: { to: string; appends: boolean }[] = []
  let word: string | null = null
  let redirect: { readonly appends: boolean } | null = null
  let document = ''
  const put = (part: string) => {
    word = (word ?? '') + part
  }
  const known = (name: string) => variables.get(name) ?? UNKNOWN
  const filled = (quoted: string) =>
    quoted
      .replaceAll(/\$\(.*?\)|`[^`]*`/gs, UNKNOWN)
      .replaceAll(/\$\{?(\w+)\}?/g, (_, name: string) => known(name))
      .replaceAll(/\\(.)/g, '$1')
  const endWord = () => {
    if (word !== null && redirect) writes.push({ to: word, appends: redirect.appends })
    else if (word !== null) words.push(word)
    if (word !== null) redirect = null
    word = null
  }
  const endCommand = () => {
    endWord()
    while (/^\w+=/.test(words[0] ?? '')) {
      const [first = '', ...others] = words
      variables.set(first.slice(0, first.indexOf('=')), first.slice(first.indexOf('=') + 1))
      words = others
    }
    if (words.length > 0 || writes.length > 0) commands.push({ words, writes, fed: document })
    words = []
    writes = []
    redirect = null
    document = ''
  }
  for (const { groups = {} } of script.matchAll(TOKEN)) {
    const { template, mark, plain, quoted, escaped, variable, name, substitution, other } = groups
    if (template !== undefined) put(template)
    else if (mark !== undefined) document = fed.shift() ?? ''
    else if (groups.redirect !== undefined) {
      endWord()
      if (groups.dup === undefined) redirect = { appends: groups.redirect === '>>' }
    } else if (plain !== undefined) put(plain)
    else if (quoted !== undefined) put(filled(quoted))
    else if (escaped !== undefined) put(escaped === '\n' ? '' : escaped)
    else if (variable !== undefined) put(known(variable))
    else if (name !== undefined) put(known(name))
    else if (substitution !== undefined) put(UNKNOWN)
    else if (groups.operator !== undefined) endCommand()
    else if (groups.blank !== undefined) endWord()
    else if (other !== undefined) put(other)
  }
  endCommand()
  return commands
}

/** A shell text without what stands in its here-documents, and that by itself, in order. */
function withoutDocuments(text: string): { readonly script: string; readonly fed: string[] } {
  const fed: string[] = []
  const kept: string[] = []
  const lines = text.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    kept.push(line)
    for (const [, , mark = ''] of line.matchAll(/<<-?\s*(['"]?)(\w+)\1/g)) {
      const end = lines.findIndex((one) => one.trim() === mark)
      fed.push(lines.splice(0, end < 0 ? lines.length : end + 1).join('\n'))
    }
  }
  return { script: kept.join('\n'), fed }
}
