import { Locate } from 'lucide-react'
import { useRef } from 'react'
import type { EntryRef } from '#exercise/scenario/trigger.ts'
import type { AttackView, ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useTimeline } from '../feed/use-white.ts'
import { fateOf } from '../kit/attack-fate.ts'
import { fewNames } from '../kit/few-names.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { awayText } from '../kit/left-text.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { ServiceIcon } from '../kit/service-icon.tsx'
import { Told } from '../kit/told.tsx'
import { useFollow } from '../kit/use-follow.ts'
import { HeldEntries } from './held-entries.tsx'
import './timeline.css'

/** With more teams than these, teams that fared alike share a line. */
const FEW = 6
const NAMED = 3

/** Attacks in the order of the timeline, past and to come, and how each team fared. */
export function AttackTimeline({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { rows } = useTimeline()
  // In the order of the timeline, in which what is held keeps its place.
  const places = new Map(rows.filter(({ kind }) => kind === 'attack').map(({ id }, place) => [id, place]))
  const placeOf = ({ attack }: AttackView): number => places.get(attack) ?? places.size
  const attacks = attacksOf(view.teams).toSorted((a, b) => placeOf(a) - placeOf(b))
  const region = useRef<HTMLDivElement>(null)
  const next = attacks.find((attack) => momentOf(attack) > view.atMs && attack.atMs !== null)
  const { onScroll, follow, away } = useFollow(region, '.next', next?.attack ?? null)
  // What the instructor has stopped for every team says so.
  const stopped = (id: string) => {
    const cells = rows.find((row) => row.kind === 'attack' && row.id === id)?.cells ?? []
    const [first] = cells
    const alike = first && cells.every(({ state }) => state === first.state)
    return alike && (first.state === 'held' || first.state === 'cancelled') ? first.state : null
  }
  const titleOf = ({ kind, id }: EntryRef) => {
    const found = rows.find((row) => row.kind === kind && row.id === id)
    return found ? say.text(found.title) : id
  }
  return (
    <section className="console-timeline card" aria-labelledby="timeline">
      <h2 id="timeline">{say('timeline.title')}</h2>
      {next && (view.phase === 'running' || view.phase === 'paused') && (
        <button type="button" className="timeline-next num" onClick={follow}>
          {say('timeline.next', { span: awayText(say, momentOf(next) - view.atMs) })}
        </button>
      )}
      <ScrollRegion
        className="timeline-scroll"
        label={say('timeline.title')}
        ref={region}
        onScroll={onScroll}
      >
        <ol className="timeline">
          {attacks.map((attack) => (
            <li
              key={attack.attack}
              className={momentOf(attack) <= view.atMs ? 'past' : attack === next ? 'next' : ''}
            >
              <span className="num timeline-time">{attack.atMs === null ? '–' : say.clock(attack.atMs)}</span>
              <div>
                <b className="timeline-title">
                  <ServiceIcon service={attack.service} size="1.1em" />
                  <Told name text={attack.title} />
                </b>
                <span className="soft small">
                  {[attack.technique, attack.owasp].filter(Boolean).join(' · ')}
                </span>
                {attack.trigger?.kind === 'after' && (
                  <span className="soft small">
                    {say('timeline.after', { attack: titleOf(attack.trigger.after) })}
                  </span>
                )}
                {stopped(attack.attack) !== null && (
                  <b className="small">{say(`msel.state.${stopped(attack.attack) ?? 'held'}`)}</b>
                )}
                {attack.trigger?.kind === 'manual' && (
                  <span className="soft small">{say('timeline.manual')}</span>
                )}
                {momentOf(attack) <= view.atMs && (
                  <ul className="timeline-teams">
                    <Fates teams={view.teams} attack={attack.attack} />
                  </ul>
                )}
              </div>
            </li>
          ))}
        </ol>
      </ScrollRegion>
      {next && away && (
        <button type="button" className="button timeline-back" onClick={follow}>
          <Locate aria-hidden="true" size="1.1em" />
          {say('timeline.back')}
        </button>
      )}
      <HeldEntries view={view} />
    </section>
  )
}

/** Each attack once, as the first team has it that it is for. */
const attacksOf = (teams: readonly TeamView[]): readonly AttackView[] => [
  ...new Map(
    teams.toReversed().flatMap(({ attacks }) => attacks.map((one) => [one.attack, one] as const)),
  ).values(),
]

/** What has no moment yet stands last. */
const momentOf = ({ atMs }: AttackView): number => atMs ?? Number.MAX_SAFE_INTEGER

/** A line per team; with many teams a line per fate. */
function Fates({ teams, attack: id }: { readonly teams: readonly TeamView[]; readonly attack: string }) {
  const say = useSay()
  const fates = teams.flatMap((team) => {
    const attack = team.attacks.find((known) => known.attack === id)
    if (!attack) return []
    return [{ team: team.id, name: say.text(team.name), fate: fateOf(attack) }]
  })
  const groups = Object.values(Object.groupBy(fates, ({ fate, team }) => (teams.length > FEW ? fate : team)))
  return groups.map((group = []) => {
    const [first] = group
    if (!first) return null
    return (
      <li key={first.team} className={`fate fate-${first.fate}`}>
        {say.head(
          fewNames(
            say,
            group.map(({ name }) => name),
            NAMED,
            'names.more.teams',
          ),
        )}
        {say(`attack.${first.fate}`)}
      </li>
    )
  })
}
