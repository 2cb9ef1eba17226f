import type { Criterion, Expects, InjectInfo } from '../scenario/inject.ts'
import { noText } from '../scenario/no-scenario.ts'

/** What the team itself receives: not what white alone knows, and no right answer. */
export function infoForTeam({ expectedAction: _, note: __, ...info }: InjectInfo): InjectInfo {
  return {
    ...info,
    expects: info.expects && withoutRight(info.expects),
    rubric: info.rubric.map(withoutAnchors),
  }
}

/** What everybody else receives: that there is something, and what it is worth. */
export const infoForOthers = (info: InjectInfo): InjectInfo => ({
  ...infoForTeam(info),
  title: noText,
  text: noText,
  from: noText,
  roles: [],
  expects: info.expects && { kind: 'text', maxLength: 0 },
  rubric: [],
  attachments: [],
})

const withoutAnchors = ({ anchors: _, ...criterion }: Criterion): Criterion => criterion

function withoutRight(expects: Expects): Expects {
  if (expects.kind === 'choice') {
    const { right: _, ...rest } = expects
    return rest
  }
  if (expects.kind === 'question') {
    const { digests: _, answers: __, salt: ___, ...rest } = expects
    return { ...rest, hints: rest.hints.map(() => noText) }
  }
  return expects
}
