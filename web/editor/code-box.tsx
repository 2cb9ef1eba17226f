import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useSay } from '../kit/i18n/use-say.ts'
import { type CodeScreen, openCodeScreen, type ScreenWords } from './code-screen.ts'
import type { OpenFile } from './use-sources.ts'

const PHRASES = [
  ...['Find', 'Replace', 'next', 'previous', 'all', 'match case', 'regexp', 'by word', 'replace'],
  ...['replace all', 'close', 'Go to line', 'go', 'current match', 'on line', '$ unchanged lines'],
] as const satisfies readonly string[]
type Phrase =
  | ('Find' | 'Replace' | 'next' | 'previous' | 'all' | 'match case' | 'regexp' | 'by word' | 'replace')
  | ('replace all' | 'close' | 'Go to line' | 'go' | 'current match' | 'on line' | '$ unchanged lines')

/** The text of one file. It is told what is open; what is typed it tells. */
export function CodeBox(props: {
  readonly file: OpenFile
  readonly readOnly: boolean
  /** What differences are shown from; null: from nothing. */
  readonly original: string | null
  /** It stands beside something else, and takes the keyboard from nothing but its own tools. */
  readonly quiet: boolean
  readonly onTyped: (text: string) => void
  readonly onSave: () => void
  readonly onVerify: () => void
  readonly onLeave: () => void
  readonly ref: Ref<Pick<CodeScreen, 'askLine' | 'focus'>>
}) {
  const say = useSay()
  const { file, readOnly, original } = props
  const box = useRef<HTMLDivElement>(null)
  const screen = useRef<CodeScreen | null>(null)
  const calls = useRef(props)
  calls.current = props
  const words: ScreenWords = {
    label: say('editor.of', { file: file.path }),
    putBack: say('editor.putBack'),
    phrases: Object.fromEntries(PHRASES.map((one) => [one, say(`editor.find.${one as Phrase}`)])),
  }
  const first = useRef(words)

  useEffect(() => {
    if (!box.current) return
    const opened = openCodeScreen(
      box.current,
      {
        typed: (text) => calls.current.onTyped(text),
        save: () => calls.current.onSave(),
        verify: () => calls.current.onVerify(),
        leave: () => calls.current.onLeave(),
      },
      first.current,
    )
    screen.current = opened
    return () => opened.close()
  }, [])
  useEffect(() => {
    const { path, begin, line } = file
    screen.current?.show(path, begin, line)
    const own = box.current?.closest('.code')?.contains(document.activeElement)
    if (own || !calls.current.quiet) screen.current?.focus()
    // A new turn is a new beginning; what is saved in between is not.
  }, [file.turn])
  useEffect(() => screen.current?.readOnly(readOnly), [readOnly])
  useEffect(() => screen.current?.compare(original), [original])
  useEffect(() => screen.current?.say(words), [say.lang, file.path])
  useImperativeHandle(props.ref, () => ({
    askLine: () => screen.current?.askLine(),
    focus: () => screen.current?.focus(),
  }))

  return <div className="code-box" ref={box} />
}
