import { useEffect, useState } from 'react'
import type { FileRef } from '#exercise/scenario/inject.ts'
import type { Names } from '#exercise/views/report/document.ts'
import type { TeamFacts } from '#exercise/views/report/team-facts.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import { useFetchFile } from '../inbox/use-file.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'

interface Of {
  readonly facts: TeamFacts
  readonly words: Words
  readonly names: Names
}

/** What a team changed in each service beside how the weaknesses there are mended in the reference, line by line. */
export function OwnChanges(of: Of) {
  const { facts, words } = of
  const services = [...new Set([...facts.changes, ...facts.fixes].map(({ service }) => service))]
  if (services.length === 0) return null
  return (
    <section className="paper card" lang={words.lang} aria-labelledby="own-changes">
      <h3 id="own-changes">{words.labels.lineByLine}</h3>
      {services.map((service) => (
        <ServiceChanges key={service} {...of} service={service} />
      ))}
    </section>
  )
}

function ServiceChanges({ facts, words, names, service }: Of & { readonly service: string }) {
  const [open, setOpen] = useState(false)
  const { labels, lang } = words
  const own = facts.changes.find((one) => one.service === service)
  const fixes = facts.fixes.filter((one) => one.service === service)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{names.service(service)}</summary>
      {open && (
        <div className="paper-changes">
          <div>
            <h4>{labels.ownChange}</h4>
            {own ? <Diff file={own.file} label={labels.ownChange} /> : <p>{labels.noChange}</p>}
          </div>
          {fixes.length > 0 && (
            <div>
              <h4>{labels.referenceFix}</h4>
              {fixes.map(({ title, file }) => (
                <figure key={file.sha256}>
                  <figcaption>{title[lang]}</figcaption>
                  <Diff file={file} label={title[lang]} />
                </figure>
              ))}
            </div>
          )}
        </div>
      )}
    </details>
  )
}

/** Drawn as text alone: a team may have written anything into its sources. */
function Diff({ file, label }: { readonly file: FileRef; readonly label: string }) {
  const fetchFile = useFetchFile()
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    void fetchFile(file.sha256).then(async (blob) => {
      const found = blob ? await blob.text() : ''
      if (wanted) setText(found)
    })
    return () => {
      wanted = false
    }
  }, [file.sha256])
  if (text === null) return null
  return (
    <ScrollRegion className="paper-diff" label={label}>
      <pre lang="en">
        {linesOf(text).map((line, nth, all) => (
          <span key={nth} className={isHead(all, nth) ? 'diff-file' : KINDS[line[0] ?? '']}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </ScrollRegion>
  )
}

/** Without what the tools that made it say of themselves. */
const linesOf = (diff: string): readonly string[] =>
  diff.split('\n').filter((line) => !/^(={5,}|diff --git |Index: )/.test(line))

/** The two lines that name a file, before its first part: they begin as lines do that are gone or new. */
const isHead = (lines: readonly string[], nth: number): boolean => {
  const from = lines[nth]?.startsWith('+++ ') ? nth - 1 : nth
  const [old = '', now = '', part = ''] = lines.slice(Math.max(0, from), from + 3)
  return old.startsWith('--- ') && now.startsWith('+++ ') && part.startsWith('@@')
}

const KINDS: Readonly<Record<string, string>> = { '+': 'diff-added', '-': 'diff-removed', '@': 'soft' }
