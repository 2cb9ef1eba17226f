import { useState } from 'react'
import type { NationalView } from '#exercise/views/views.ts'
import { type ProblemView, STAGES, type Stage } from '#exercise/views/wall/problem-views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ServiceIcon } from '../kit/service-icon.tsx'
import { Told } from '../kit/told.tsx'
import { effectTexts, endText, type Names, problemTitle, teamsText, whereText } from './problem-text.ts'
import './problem-strips.css'

/** One strip for each open problem, the heaviest first: effect, cause, how far it is, who was done first and when it is over. */
export function ProblemStrips({
  view,
  names,
  most,
}: {
  readonly view: NationalView
  readonly names: Names
  /** So many have room; a button opens the others. */
  readonly most: number
}) {
  const say = useSay()
  const [all, setAll] = useState(false)
  const { problems, countries } = view
  const shown = all ? problems : problems.slice(0, most)
  const more = problems.length - shown.length
  return (
    <section className="strips" aria-labelledby="strips" data-all={all || undefined}>
      <h2 id="strips">
        {say('problems.title')} {problems.length > 0 && <span className="soft">{say('problems.note')}</span>}
        {(more > 0 || all) && (
          <button
            type="button"
            className="button strips-more"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? say('problems.fewer') : say('problems.more', { count: more })}
          </button>
        )}
      </h2>
      {problems.length === 0 ? (
        <p className="strips-none">{say(noneOf(view), { count: countries.length })}</p>
      ) : (
        <ul>
          {shown.map((problem) => (
            <Strip key={problem.id} problem={problem} names={names} total={countries.length} />
          ))}
        </ul>
      )}
    </section>
  )
}

function noneOf({ phase, late }: NationalView) {
  if (phase === 'ended') return 'problems.none.ended'
  if (phase !== 'running') return 'problems.none.still'
  return late ? 'problems.none.late' : 'problems.none'
}

function Strip({
  problem,
  names,
  total,
}: {
  readonly problem: ProblemView
  readonly names: Names
  readonly total: number
}) {
  const say = useSay()
  const { cause, what, solvedMs, fastest } = problem
  const [end, why] = endText(say, problem)
  const teams = teamsText(say, problem, names)
  return (
    <li
      className={`strip-problem card strip-${solvedMs !== null ? 'over' : cause === 'attack' ? 'attack' : 'outage'}`}
    >
      <div className="strip-what">
        <h3>
          <ServiceIcon service={problem.service} size="1.1em" /> {problemTitle(say, problem, names)}
        </h3>
        <p className="soft num">
          {whereText(say, problem, total)}
          {total > 1 && teams && <span className="strip-teams"> · {teams}</span>}
        </p>
      </div>
      <div className="strip-effect">
        <p className="num">
          {effectTexts(say, problem, names).map((line) => (
            <span key={line} className="strip-part">
              {line}
            </span>
          ))}
        </p>
        <p className="soft">
          <b>{say.head(say('problem.cause'))}</b>
          {what ? <Told text={what} /> : say(`problem.cause.${cause === 'attack' ? 'silent' : cause}`)}
        </p>
      </div>
      <div className="strip-done">
        <ol className="stages">
          {STAGES.map((stage) => (
            <StageBox key={stage} stage={stage} problem={problem} />
          ))}
        </ol>
      </div>
      <p className="strip-end num">
        <b>{end}</b> <span className="soft">{why}</span>
        {total > 1 && (
          <span className="soft strip-fastest">
            {fastest
              ? say('problem.fastest', { team: names.team(fastest.team), span: say.span(fastest.ms) })
              : say('problem.fastest.none')}
          </span>
        )}
      </p>
    </li>
  )
}

/** Reached: when in the first country, and in how many of those that it hit. Otherwise nobody has said so. */
function StageBox({ stage, problem }: { readonly stage: Stage; readonly problem: ProblemView }) {
  const say = useSay()
  const { firstMs, teams } = problem.stages[stage]
  const hit = problem.hit.length
  const state = firstMs === null ? 'open' : teams < hit ? 'part' : 'done'
  return (
    <li className={`stage stage-${state}`}>
      <b>{say(`stage.${stage}`)}</b>
      <span className="num">
        {firstMs === null
          ? say(stage === 'confirmed' ? 'stage.not-yet' : 'stage.none')
          : hit === 1
            ? say.clock(firstMs)
            : `${say.clock(firstMs)} · ${teams}/${hit}`}
      </span>
    </li>
  )
}
