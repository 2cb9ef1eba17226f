import { GitCompare, RotateCcw, Save, Search, ShieldCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { mayEdit } from '#exercise/decide/typing.ts'
import { useAudience, useFeedState } from '../feed/use-feed.tsx'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { CodeBox } from './code-box.tsx'
import { CodeNotes } from './code-notes.tsx'
import type { CodeScreen } from './code-screen.ts'
import { FileTabs } from './file-tabs.tsx'
import { FileTree } from './file-tree.tsx'
import { NewFile } from './new-file.tsx'
import { SearchBox } from './search/search-box.tsx'
import { useEditorKeys } from './use-editor-keys.ts'
import { useSources } from './use-sources.ts'
import { useVerify } from './use-verify.ts'
import { VerifyAnswer } from './verify-answer.tsx'
import './editor.css'

/**
 * The sources of a service of a team, to be read and changed, against what they were at the start; saved, restarted and looked at from here, with the answer
 * below. `file`: opens it, at a line where it names one (`search.ts:42`), and once more with each turn.
 * `quiet`: it stands beside something else, which keeps the keyboard until somebody goes in.
 */
export function ServiceCode({
  team,
  service,
  file: wanted,
  turn = 0,
  quiet = false,
}: {
  readonly team: string
  readonly service: string
  readonly file?: string
  readonly turn?: number
  readonly quiet?: boolean
}) {
  const say = useSay()
  const { seat } = useAudience()
  const state = useExerciseState()
  const { teams } = useExercise()
  const sources = useSources(team, service)
  const { tree, file, dirty, conflict, busy, open, lastOpen } = sources
  const verifying = useVerify(sources.api)
  const [comparing, setComparing] = useState(false)
  const [searching, setSearching] = useState(false)
  const screen = useRef<Pick<CodeScreen, 'askLine' | 'focus'>>(null)
  const head = useRef<HTMLDivElement>(null)
  const all = useRef<HTMLDivElement>(null)
  // What is saved from a moment of before would be saved now.
  const replay = useFeedState((feed) => feed.replay)
  const over = state.phase === 'ended'
  const why = replay ? 'refusal.replay' : over ? 'editor.readOnly.over' : 'editor.readOnly.still'
  const readOnly = replay || !mayEdit(state, seat)
  const title = teams.find(({ id }) => id === team)?.services.find(({ id }) => id === service)?.title
  const name = title ? say.text(title) : service

  useEffect(() => {
    const [, path, line] = /^(.+?)(?::(\d+))?$/.exec(wanted ?? lastOpen() ?? '') ?? []
    if (path) void open(path, line === undefined ? undefined : Number(line))
  }, [wanted, turn, open, lastOpen])
  const unsaved = sources.unsaved.length > 0
  useEffect(() => {
    if (!unsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [unsaved])

  const save = async () => {
    if (!readOnly && dirty) await sources.save()
  }
  const verify = async () => {
    if (readOnly || busy || verifying.restarting || conflict) return
    if ((await sources.save()) && (await verifying.restart())) sources.running()
  }
  useEditorKeys(all, save, verify, () => {
    setSearching(true)
    all.current?.querySelector<HTMLElement>('.code-search input')?.focus()
  })
  const original = conflict ? (conflict.theirs?.text ?? '') : comparing ? (file?.start ?? '') : null

  return (
    <div className="code" ref={all}>
      <div className="code-head" ref={head}>
        <button
          type="button"
          className="button"
          disabled={readOnly || busy || !dirty || conflict !== null}
          onClick={() => void save()}
        >
          <Save aria-hidden="true" size="1.1em" />
          {say('editor.save')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={readOnly || busy || verifying.restarting || conflict !== null}
          onClick={() => void verify()}
        >
          <ShieldCheck aria-hidden="true" size="1.1em" />
          {say(dirty ? 'editor.verify' : 'editor.verifyOnly')}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={comparing}
          disabled={!file || conflict !== null}
          onClick={() => setComparing(!comparing)}
        >
          <GitCompare aria-hidden="true" size="1.1em" />
          {say('editor.compare')}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={searching}
          onClick={() => setSearching(!searching)}
        >
          <Search aria-hidden="true" size="1.1em" />
          {say('editor.search')}
        </button>
        <button type="button" className="button" disabled={!file} onClick={() => screen.current?.askLine()}>
          {say('editor.line')}
        </button>
        {file && dirty && !conflict && (
          <button type="button" className="button" onClick={sources.discard}>
            {say('editor.discard')}
          </button>
        )}
        {file && file.text !== null && (
          <ConfirmButton
            className=""
            label={say('editor.delete')}
            title={say('editor.deleteTitle', { file: file.path })}
            text={say('editor.deleteAsk')}
            yes={say('editor.delete')}
            disabled={readOnly || busy}
            onYes={() => void sources.remove()}
          />
        )}
        <button type="button" className="button" onClick={() => void sources.readTree()}>
          <RotateCcw aria-hidden="true" size="1.1em" />
          {say('editor.again')}
        </button>
      </div>
      <CodeNotes sources={sources} readOnly={readOnly} why={why} helping={seat === 'white'} />
      <RefusalText refusal={sources.refusal} />
      {searching && (
        <SearchBox
          api={sources.api}
          onOpen={(path, line) => void open(path, line)}
          onClose={() => {
            setSearching(false)
            screen.current?.focus()
          }}
        />
      )}
      <div className="code-parts">
        <div className="code-side">
          {tree ? (
            <>
              <FileTree
                label={say('editor.files', { service: name })}
                tree={tree}
                open={file?.path ?? null}
                unsaved={sources.unsaved}
                onOpen={(path) => void open(path)}
              />
              {tree.files.length === 0 && <p className="soft">{say('editor.noFiles')}</p>}
              {tree.cut && <p className="soft">{say('editor.cut')}</p>}
              <NewFile
                taken={tree.files.map(({ path }) => path)}
                disabled={readOnly}
                onCreate={sources.create}
              />
            </>
          ) : (
            <p className="soft">{say('wait')}</p>
          )}
        </div>
        {file ? (
          <div className="code-text">
            <FileTabs
              opened={sources.opened}
              open={file.path}
              unsaved={sources.unsaved}
              onOpen={(path) => void open(path)}
            />
            <CodeBox
              ref={screen}
              file={file}
              readOnly={readOnly}
              quiet={quiet}
              original={original}
              onTyped={sources.typed}
              onSave={() => void save()}
              onVerify={() => void verify()}
              onLeave={() => head.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus()}
            />
          </div>
        ) : (
          <p className="soft">{say('editor.none')}</p>
        )}
      </div>
      <VerifyAnswer team={team} service={service} verifying={verifying} />
    </div>
  )
}
