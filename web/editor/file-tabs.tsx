import { useSay } from '../kit/i18n/use-say.ts'

/** Files that were opened, one press away; which are not saved is said. */
export function FileTabs(props: {
  readonly opened: readonly string[]
  readonly open: string
  readonly unsaved: readonly string[]
  readonly onOpen: (path: string) => void
}) {
  const say = useSay()
  if (props.opened.length < 2) return null
  return (
    <nav className="code-tabs" aria-label={say('editor.tabs')}>
      {props.opened.map((path) => (
        <button
          key={path}
          type="button"
          lang="en"
          aria-current={path === props.open ? 'true' : undefined}
          onClick={() => props.onOpen(path)}
        >
          {path}
          {props.unsaved.includes(path) && (
            <>
              <span aria-hidden="true"> ●</span> <span className="hidden">{say('editor.unsaved')}</span>
            </>
          )}
        </button>
      ))}
    </nav>
  )
}
