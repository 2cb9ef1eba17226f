import { useSay } from '../kit/i18n/use-say.ts'
import { Sheet, SheetButtons } from '../kit/sheet.tsx'

/** What has reached people stays with them: firing is asked about once more. */
export function FireAsk(props: {
  readonly entry: string
  /** Names of the teams, where not all get it. */
  readonly some: string | null
  readonly onYes: () => void
  readonly onClose: () => void
}) {
  const say = useSay()
  return (
    <Sheet alert title={props.entry} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onYes()
        }}
      >
        <p>{say('msel.fire.ask')}</p>
        {props.some !== null && <p>{say('msel.fire.some', { teams: props.some })}</p>}
        <SheetButtons yes={say('msel.act.fire')} asks onClose={props.onClose} />
      </form>
    </Sheet>
  )
}
