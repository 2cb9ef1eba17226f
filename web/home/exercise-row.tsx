import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { namedTitle } from '#exercise/scenario/named-title.ts'
import type { ExerciseSummary } from '#exercise/wire/protocol.ts'
import { linkInto, linkToReplay } from '../app/route.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { NameForm } from './name-form.tsx'
import { archiveExercise, askSeats, closeExercise, nameExercise, removeExercise } from './operator-api.ts'

/** One exercise: what it is, how it stands, and the ways into it. */
export function ExerciseRow({
  exercise,
  onChanged,
}: {
  readonly exercise: ExerciseSummary
  readonly onChanged: () => void
}) {
  const say = useSay()
  const { id, title, name, phase, open, teams, createdWall, endedWall, startsWall, deployed, archived } =
    exercise
  const called = say.text(namedTitle(name, title))
  const named = `${called} · ${id}`
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const over = phase === 'ended' || phase === 'left'
  /** White's seat of it: its link is known to whoever runs the platform. */
  const enter = async () => {
    const answer = await askSeats(id)
    if (!answer.ok) return setRefusal(answer.refusal)
    const link = answer.body.seats.find(({ seat }) => seat === 'white')
    if (link) location.href = link.url
  }
  const [sure, setSure] = useState(false)
  const done = async (asked: ReturnType<typeof closeExercise>) => {
    setBusy(true)
    const answer = await asked
    setBusy(false)
    setRefusal(answer.ok ? null : answer.refusal)
    onChanged()
  }
  const [closing, setClosing] = useState(false)
  const close = async (end: boolean) => {
    setClosing(true)
    await done(closeExercise(id, end))
    setClosing(false)
  }
  return (
    <li className="card home-exercise">
      <h3>
        <a href={linkInto(id)}>{called}</a> <span className="soft num">{id}</span>
      </h3>
      {name !== null && <span className="soft">{say.text(title)}</span>}
      <span>
        <b>{say(phase === 'left' ? 'start.left' : `pulse.${phase}`)}</b>{' '}
        <span className="soft">· {say(open ? 'home.open' : 'home.record')}</span>
      </span>
      {deployed !== null && <progress value={deployed} aria-label={say('pulse.deploying')} />}
      {startsWall !== null && (
        <span className="num">{say('begins.when', { when: say.date(startsWall) })}</span>
      )}
      <span>{say.list(teams.map(say.text))}</span>
      <span className="soft num">
        {say('start.since', { when: say.moment(createdWall) })}
        {endedWall !== null && ` · ${say('home.ended', { when: say.moment(endedWall) })}`}
      </span>
      <span className="home-ways">
        <button type="button" className="button" onClick={() => void enter()}>
          {say('home.room.white')}
        </button>
        {over && (
          <a className="button" href={linkToReplay(id)}>
            {say('replay.open')}
          </a>
        )}
        {open &&
          (over ? (
            <ConfirmButton
              className=""
              disabled={busy}
              label={say('home.close')}
              title={`${say('home.close.title')} ${named}`}
              text={say('home.close.text')}
              yes={say('home.close.yes')}
              onYes={() => void close(false)}
            />
          ) : (
            <ConfirmButton
              className="danger"
              final
              disabled={busy}
              label={say('home.end')}
              title={`${say('home.end.title')} ${named}`}
              text={say('home.end.text')}
              yes={say('home.end.yes')}
              onYes={() => void close(true)}
            />
          ))}
        {!open && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void done(archiveExercise(id, !archived))}
          >
            {say(archived ? 'home.unarchive' : 'home.archive')}
          </button>
        )}
        {!open && phase === 'ended' && !sure && (
          <ConfirmButton
            className="danger"
            final
            disabled={busy}
            label={say('home.delete')}
            title={`${say('home.delete.title')} ${named}`}
            text={say('home.delete.text')}
            yes={say('home.delete.yes')}
            onYes={() => setSure(true)}
          />
        )}
      </span>
      <NameForm exercise={exercise} busy={busy} onName={(to) => void done(nameExercise(id, to))} />
      {sure && (
        // Asked a second time, in another place: there is no way back.
        <p className="home-sure" role="alert">
          <b>{say('home.delete.sure')}</b>
          <button type="button" className="button" onClick={() => setSure(false)}>
            {say('home.delete.keep')}
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              setSure(false)
              void done(removeExercise(id))
            }}
          >
            {say('home.delete.final')}
          </button>
        </p>
      )}
      {closing && <p role="status">{say('home.closing')}</p>}
      <RefusalText refusal={refusal} />
    </li>
  )
}
