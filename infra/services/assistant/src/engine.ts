import type { Lang } from '../../kit/html.ts'
import type { Article } from './articles.ts'
import { organisationOf } from './organisations.ts'
import type { Library } from './search.ts'
import { textsOf } from './texts.ts'
import { type Fields, type ToolName, toolOf } from './tools.ts'

export interface Answer {
  readonly found: boolean
  readonly text: string
  readonly source: string | null
  readonly link: string | null
  /** Other texts that may help, and where they come from. */
  readonly more: readonly { readonly title: string; readonly source: string }[]
  /** What the assistant offers to do, with what is filled in already. */
  readonly action: { readonly tool: ToolName; readonly fields: Fields } | null
}

/**
 * Answers out of published texts, word for word, with the source; says so when nothing is found. No language model: retrieval and rules.
 */
export function answer(library: Library, lang: Lang, question: string): Answer {
  const [best, ...others] = library.find(lang, question)
  if (!best)
    return { found: false, text: textsOf(lang).nothing, source: null, link: null, more: [], action: null }
  return {
    found: true,
    text: `${best.title}. ${best.text}`,
    source: sourceOf(lang, best),
    link: best.link,
    more: others.map((other) => ({ title: other.title, source: sourceOf(lang, other) })),
    action: actionOf(best),
  }
}

const sourceOf = (lang: Lang, { by }: Article): string =>
  by === 'citizen' ? textsOf(lang).byCitizen : organisationOf(lang, by)

/** The tool that goes with a topic, as its publisher says in the head of the text. */
function actionOf(article: Article): Answer['action'] {
  const tool = toolOf(article.action)
  return tool ? { tool, fields: {} } : null
}
