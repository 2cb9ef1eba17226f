import { useState } from 'react'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { keyInExercise, linkTo } from '../app/route.ts'
import { useLosses } from '../feed/use-points.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { keep, kept } from '../kit/kept-text.ts'
import { Matrix } from '../kit/matrix.tsx'
import { CellSheet } from './cell-sheet.tsx'
import { MatrixAsk } from './matrix-ask.tsx'
import { ALL, type Asked, askedFrom, lostLately, teamsAsked } from './matrix-order.ts'

/** With more teams than these, one may be looked for. */
const FEW = 6
const keyOf = () => keyInExercise('kilp.matrix')

/** White's table of services: every cell opens, and with many teams it is put in order and searched. */
export function ServiceMatrix({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const losses = useLosses()
  const many = view.teams.length > FEW
  const [chosen, setChosen] = useState<Asked>(() => askedFrom(kept(keyOf())))
  const asked = many ? chosen : ALL
  const lostOf = (team: TeamView) => lostLately(losses, team, view.atMs)
  const teams = teamsAsked(view.teams, asked, {
    nameOf: ({ name }) => say.text(name),
    lostOf,
    lang: say.lang,
  })
  const ask = (wanted: Asked) => {
    setChosen(wanted)
    keep(keyOf(), JSON.stringify(wanted))
  }
  return (
    <section className="card console-matrix" aria-labelledby="matrix">
      <div className="matrix-head">
        <h2 id="matrix">{say('matrix.title')}</h2>
        {many && (
          <MatrixAsk
            asked={asked}
            onAsk={ask}
            services={view.teams[0]?.services ?? []}
            shown={teams.length}
            all={view.teams.length}
          />
        )}
      </div>
      {teams.length === 0 && many ? (
        <p className="soft">{say('matrix.none')}</p>
      ) : (
        <Matrix
          view={{ ...view, teams }}
          fits
          pointsOf={(team) =>
            asked.order === 'lost' ? say.points(-lostOf(team)) : say.points(team.score.total)
          }
          roomOf={(team) => linkTo('instructor', team)}
          about={(cell) => <CellSheet view={view} {...cell} />}
        />
      )}
    </section>
  )
}
