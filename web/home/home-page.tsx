import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { ExerciseSummary } from '#exercise/wire/protocol.ts'
import type { ScenarioCard, ScenarioFault } from '#exercise/wire/shelf.ts'
import { go, linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { AskKey } from './ask-key.tsx'
import { ExerciseRow } from './exercise-row.tsx'
import './home.css'
import { askExercises, askScenarios, keepOperatorKey, operatorKey, wantsKey } from './operator-api.ts'
import { Scenario } from './scenario-card.tsx'

const AGAIN_MS = 3_000

/** For whoever runs the platform: its exercises, and the scenarios that one more can be made of. `link`: the key, where somebody comes by the printed link. */
export function HomePage({ link }: { readonly link: string | null }) {
  const say = useSay()
  const [key, setKey] = useState(() => {
    // Before what stands below asks with it.
    if (link !== null) keepOperatorKey(link)
    return operatorKey()
  })
  useEffect(() => {
    // It stays neither in the address nor in the history.
    if (link !== null) go(linkTo('home'), true)
  }, [link])
  return (
    <Shell
      title={say('home.title')}
      className="home"
      ofInstallation
      tools={
        key !== null && (
          <a className="button" href={linkTo('comparison')}>
            {say('compare.title')}
          </a>
        )
      }
    >
      {key === null ? <AskKey bad={false} onKey={setKey} /> : <Home key={key} onKey={setKey} />}
    </Shell>
  )
}

function Home({ onKey }: { readonly onKey: (key: string) => void }) {
  const say = useSay()
  const [exercises, setExercises] = useState<readonly ExerciseSummary[] | null>(null)
  const [scenarios, setScenarios] = useState<readonly (ScenarioCard | ScenarioFault)[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const look = useCallback(async () => {
    const answer = await askExercises()
    if (answer.ok) setExercises(answer.body.exercises)
  }, [])
  const read = useCallback(async () => {
    const answer = await askScenarios()
    if (answer.ok) setScenarios(answer.body.scenarios)
    setRefusal(answer.ok ? null : answer.refusal)
  }, [])
  useEffect(() => {
    void look()
    void read()
    const timer = setInterval(() => void look(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [look, read])
  if (wantsKey(refusal)) return <AskKey bad onKey={onKey} />
  const archive = exercises?.filter(({ archived }) => archived) ?? []
  return (
    <div className="home-parts">
      <section aria-labelledby="home-exercises">
        <h2 id="home-exercises">{say('home.exercises')}</h2>
        {exercises?.length === 0 && <p className="soft">{say('home.none')}</p>}
        <Rows
          exercises={exercises?.filter(({ archived }) => !archived) ?? []}
          onChanged={() => void look()}
        />
        {archive.length > 0 && (
          <details>
            <summary>{say('home.archived', { count: archive.length })}</summary>
            <Rows exercises={archive} onChanged={() => void look()} />
          </details>
        )}
      </section>
      <section aria-labelledby="home-scenarios">
        <h2 id="home-scenarios">{say('home.scenarios')}</h2>
        {scenarios === null && refusal === null && <p role="status">{say('home.reading')}</p>}
        <RefusalText refusal={refusal} />
        <ul>
          {scenarios?.map((one) =>
            'fault' in one ? (
              <li key={one.folder} className="card home-scenario">
                <h3>{one.folder}</h3>
                <p>{say('home.fault')}</p>
                <pre lang="en">{one.fault}</pre>
              </li>
            ) : (
              <Scenario key={one.folder} card={one} onOpened={() => void look().then(read)} />
            ),
          )}
        </ul>
      </section>
    </div>
  )
}

function Rows(props: { readonly exercises: readonly ExerciseSummary[]; readonly onChanged: () => void }) {
  return (
    <ul>
      {props.exercises.map((exercise) => (
        <ExerciseRow key={exercise.id} exercise={exercise} onChanged={props.onChanged} />
      ))}
    </ul>
  )
}
