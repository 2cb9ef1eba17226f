import { useMemo, useState } from 'react'
import { OBSERVATION_KINDS } from '#exercise/ledger/observation-events.ts'
import { csvText } from '#exercise/views/report/csv.ts'
import { type PlanLine, planOf } from '#exercise/views/report/plan.ts'
import { proposals } from '#exercise/views/report/proposals.ts'
import { namesIn } from '#exercise/views/report/report.ts'
import { planTable } from '#exercise/views/report/tables.ts'
import { useFeedState } from '../../feed/use-feed.tsx'
import { useExerciseState } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { saveBlob } from '../../kit/save-blob.ts'
import { SelectOne } from '../../kit/select-one.tsx'
import { useMoment } from '../use-report.ts'
import { useWords } from '../use-words.ts'
import { NewLine } from './new-line.tsx'
import './plan.css'
import { PlanRow } from './plan-row.tsx'
import { Proposals } from './proposals.tsx'

const COLUMNS = ['kind', 'text', 'recommendation', 'owner', 'due', 'evidence'] as const

interface Filter {
  readonly kind: string
  readonly owner: string
  /** What is due by this day; empty: whenever. */
  readonly due: string
}

const fits = (one: PlanLine, { kind, owner, due }: Filter): boolean =>
  (kind === '' || one.kind === kind) &&
  (owner === '' || one.owner === owner) &&
  (due === '' || (one.due !== '' && one.due <= due))

/** White: the improvement plan, edited where it stands, and what the platform found that may go into it. What is only a record, or a replay, is read. */
export function PlanView() {
  const say = useSay()
  const words = useWords()
  const state = useExerciseState()
  const moment = useMoment()
  const record = useFeedState((feed) => feed.exercise?.record ?? false)
  const replay = useFeedState((feed) => feed.replay)
  const [filter, setFilter] = useState<Filter>({ kind: '', owner: '', due: '' })
  const found = useMemo(() => proposals(moment.state, moment.atMs), [moment])
  const plan = useMemo(() => planOf(state, found), [state, found])
  const readOnly = record || replay
  const owners = [...new Set(plan.lines.flatMap(({ owner }) => owner || []))].toSorted()
  const shown = plan.lines.filter((one) => fits(one, filter))
  const set = (part: Partial<Filter>) => setFilter({ ...filter, ...part })
  const names = namesIn(state, say.lang)
  return (
    <section className="plan card" aria-labelledby="plan-title">
      <h2 id="plan-title">{say('plan.title')}</h2>
      <p className="soft">{say(readOnly ? 'plan.readOnly' : 'plan.about')}</p>
      <div className="plan-filters">
        <SelectOne
          label={say('plan.kind')}
          none={say('plan.all')}
          value={filter.kind}
          onChange={(kind) => set({ kind })}
          options={OBSERVATION_KINDS.map((kind) => [kind, say(`plan.kind.${kind}`)])}
        />
        <SelectOne
          label={say('plan.owner')}
          none={say('plan.all')}
          value={filter.owner}
          onChange={(owner) => set({ owner })}
          options={owners.map((owner) => [owner, owner])}
        />
        <label className="field">
          {say('plan.dueBy')}
          <input type="date" value={filter.due} onChange={(event) => set({ due: event.target.value })} />
        </label>
        <button
          type="button"
          className="button"
          onClick={() =>
            saveBlob(
              new Blob([csvText(planTable(plan.lines))], { type: 'text/csv;charset=utf-8' }),
              'plan.csv',
            )
          }
        >
          {say('plan.csv')}
        </button>
      </div>
      {shown.length === 0 ? (
        <p>{say(plan.lines.length === 0 ? 'plan.none' : 'plan.noneFits')}</p>
      ) : (
        <table className="plan-table">
          <caption className="hidden">{say('plan.title')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {say(`plan.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <PlanRow key={line.observation} {...{ line, names, readOnly }} />
            ))}
          </tbody>
        </table>
      )}
      {!readOnly && <NewLine />}
      {words && <Proposals found={plan.proposals} {...{ words, names, readOnly }} />}
      <datalist id="plan-owners">
        {owners.map((owner) => (
          <option key={owner} value={owner} />
        ))}
      </datalist>
    </section>
  )
}
