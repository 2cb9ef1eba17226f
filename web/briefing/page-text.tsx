import { lazy, Suspense } from 'react'
import { useSay } from '../kit/i18n/use-say.ts'
import { inLanguage, type Pages } from './use-pages.ts'

const MarkdownText = lazy(async () => ({ default: (await import('./markdown.tsx')).MarkdownText }))

/** A page of the scenario in the reader's language, or in another, which is said then. */
export function PageText({
  written,
  pages,
}: {
  readonly written: Readonly<Record<string, string>>
  readonly pages: Pick<Pages, 'first'>
}) {
  const say = useSay()
  const found = inLanguage(written, say.lang, pages.first)
  if (!found) return <p className="soft">{say('briefing.none')}</p>
  const language = new Intl.DisplayNames(say.lang, { type: 'language' }).of(found.lang) ?? found.lang
  return (
    <>
      {found.lang !== say.lang && <p className="soft">{say('briefing.in', { language })}</p>}
      <Suspense fallback={<p className="soft">{say('briefing.loading')}</p>}>
        <MarkdownText text={found.text} lang={found.lang} />
      </Suspense>
    </>
  )
}
