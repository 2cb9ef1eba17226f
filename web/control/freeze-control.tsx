import { standing } from '#exercise/decide/decision.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { FrozenNote } from './frozen-note.tsx'

/** White holds the public standings back, and shows them again. */
export function FreezeControl({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const frozen = useExerciseState().standings !== null
  const label = say(frozen ? 'freeze.undo' : 'freeze.do')
  return (
    <section className="freeze" aria-labelledby="freeze">
      <h3 id="freeze">{say('freeze.title')}</h3>
      <FrozenNote view={view} />
      <ConfirmButton
        className=""
        label={label}
        title={label}
        text={say(frozen ? 'freeze.undoAsk' : 'freeze.ask')}
        yes={label}
        disabled={busy || !(frozen || standing(view))}
        onYes={() => void send({ type: frozen ? 'reveal-standings' : 'freeze-standings', data: {} })}
      />
      <RefusalText refusal={refusal} />
    </section>
  )
}
