import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

/**
 * What an author wrote, as Markdown. HTML in it is shown as the text that it is, nothing is fetched for a picture, and headings stand below those of the page.
 * Links go to web addresses only, and say nothing of where they come from.
 */
const COMPONENTS: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  img: ({ alt }) => <span>{alt}</span>,
  a: ({ href, children }) =>
    /^https?:\/\//.test(href ?? '') ? (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
}

export function MarkdownText({ text, lang }: { readonly text: string; readonly lang: string }) {
  return (
    <div className="markdown" lang={lang}>
      <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
        {text}
      </Markdown>
    </div>
  )
}
