import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import type { SourcesApi } from '../sources-api.ts'
import { searchSources } from './search-sources.ts'
import type { SearchAnswer } from './search-texts.ts'
import './search.css'

type Answered = (SearchAnswer & { readonly cut: boolean }) | 'bad' | 'late'

/** Searches in all sources of a service; what is found opens at its line. Escape closes. */
export function SearchBox(props: {
  readonly api: SourcesApi
  readonly onOpen: (path: string, line: number) => void
  readonly onClose: () => void
}) {
  const say = useSay()
  const [words, setWords] = useState('')
  const [regular, setRegular] = useState(false)
  const [searching, setSearching] = useState(false)
  const [answer, setAnswer] = useState<Answered | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => field.current?.focus(), [])
  // Whoever has pressed Enter goes on with what was found.
  useEffect(() => {
    if (answer && typeof answer !== 'string') list.current?.querySelector('button')?.focus()
  }, [answer])

  const search = async (event: FormEvent) => {
    event.preventDefault()
    if (searching || words === '') return
    setSearching(true)
    const reply = await props.api.texts()
    setRefusal(reply.ok ? null : reply.refusal)
    const found = reply.ok ? await searchSources(reply.texts, { words, regular }) : null
    setAnswer(found === null || typeof found === 'string' ? found : { ...found, cut: reply.ok && reply.cut })
    setSearching(false)
  }
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      return props.onClose()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    if (step === undefined || buttons.length === 0) return
    event.preventDefault()
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement) + step
    if (at < 0) field.current?.focus()
    else buttons[Math.min(at, buttons.length - 1)]?.focus()
  }
  return (
    <search className="code-search" onKeyDown={move}>
      <form onSubmit={(event) => void search(event)}>
        <label className="field">
          {say('editor.search')}
          <input
            ref={field}
            type="search"
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={words}
            aria-invalid={answer === 'bad'}
            onChange={({ target }) => setWords(target.value)}
          />
        </label>
        <label className="code-search-how">
          <input type="checkbox" checked={regular} onChange={({ target }) => setRegular(target.checked)} />
          {say('editor.find.regexp')}
        </label>
        <button type="submit" className="button" disabled={searching || words === ''}>
          {say('editor.find.Find')}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          {say('editor.find.close')}
        </button>
      </form>
      <RefusalText refusal={refusal} />
      <p role="status" className={typeof answer === 'string' ? 'refusal' : 'soft small'}>
        {searching
          ? say('wait')
          : answer === 'bad' || answer === 'late'
            ? say(`editor.search.${answer}`)
            : answer && say('editor.search.found', { count: answer.found.length })}
        {answer && typeof answer !== 'string' && (answer.more || answer.cut) && ` ${say('editor.cut')}`}
      </p>
      {answer && typeof answer !== 'string' && answer.found.length > 0 && (
        <ul ref={list} aria-label={say('editor.search')}>
          {answer.found.map(({ path, line, text }) => (
            <li key={`${path}:${line}`}>
              <button type="button" lang="en" onClick={() => props.onOpen(path, line)}>
                <b>{`${path}:${line}`}</b> <code>{text}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}
