import { Bot } from 'lucide-react'
import type { TeamView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useMay } from '../feed/use-may.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** While the machine plays for the team: says so, and hands over. */
export function TakeOver({ team }: { readonly team: TeamView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const may = useMay('change-pilot', team.id)
  const over = useExerciseState().phase === 'ended'
  if (team.pilot === 'person' || !may || over) return null
  return (
    <section className="take-over" aria-label={say('takeOver.title')}>
      <Bot aria-hidden="true" size="1.6em" />
      <p>
        <b>{say('takeOver.title')}</b> {say(`takeOver.${team.pilot}`)}
      </p>
      <button
        type="button"
        className="button primary"
        disabled={busy}
        onClick={() => void send({ type: 'change-pilot', data: { team: team.id, pilot: 'person' } })}
      >
        {say('takeOver.yes')}
      </button>
      <RefusalText refusal={refusal} />
    </section>
  )
}
