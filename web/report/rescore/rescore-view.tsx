import { Copy } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { ScoringWeights } from '#exercise/scenario/model.ts'
import { rescore } from '#exercise/scoring/rescore.ts'
import {
  CATEGORY_FIELDS,
  changedFields,
  isOrdered,
  linkedScoring,
  RULE_FIELDS,
  type ScoringField,
  scoringLink,
  scoringText,
} from '#exercise/scoring/scoring-fields.ts'
import { go, hrefOf, useRoute } from '../../app/route.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { saveBlob } from '../../kit/save-blob.ts'
import { useMoment } from '../use-report.ts'
import { DecidedList } from './decided-list.tsx'
import './rescore.css'
import { ScoringInput } from './scoring-input.tsx'
import { SideBySide } from './side-by-side.tsx'
import { Sturdy } from './sturdy.tsx'

/** White: the record by other weights and rules, side by side with the record, which does not change. All is worked out here, by the same code as `kilp rescore`. */
export function RescoreView() {
  const say = useSay()
  const route = useRoute()
  const moment = useMoment()
  const { state, atMs } = moment
  const record = state.scenario.scoring
  const { scoring, bad } = useMemo(() => linkedScoring(route.weights ?? '', record), [route.weights, record])
  const shown = useDeferredValue(scoring)
  const ordered = isOrdered(shown)
  const rows = useMemo(() => (ordered ? rescore(state, atMs, shown) : null), [state, atMs, shown, ordered])
  const [copied, setCopied] = useState(false)
  const change = (to: ScoringWeights) => {
    setCopied(false)
    go(hrefOf({ ...route, weights: scoringLink(record, to) || null }), true)
  }
  const changed = changedFields(record, scoring).length
  const input = (field: ScoringField, label: string, slider: boolean) => (
    <ScoringInput key={field.name} {...{ field, label, slider, record, scoring }} onChange={change} />
  )
  return (
    <section className="rescore card" aria-labelledby="rescore-title">
      <h2 id="rescore-title">{say('rescore.title')}</h2>
      <p className="soft">{say('rescore.about')}</p>
      {bad.length > 0 && (
        <p role="alert">{say('rescore.badLink', { parts: bad.join(', ').slice(0, 200) })}</p>
      )}
      <fieldset className="rescore-fields">
        <legend>{say('rescore.weights')}</legend>
        {CATEGORY_FIELDS.map((field) => input(field, say.code(`category.${field.name}`), true))}
      </fieldset>
      <details>
        <summary>{say('rescore.rules')}</summary>
        <fieldset className="rescore-fields">
          <legend className="hidden">{say('rescore.rules')}</legend>
          {RULE_FIELDS.map((field) => input(field, say.code(`rescore.${field.name}`), false))}
        </fieldset>
      </details>
      <div className="rescore-do">
        <button type="button" className="button" disabled={changed === 0} onClick={() => change(record)}>
          {say('rescore.reset')}
        </button>
        <button
          type="button"
          className="button"
          disabled={!ordered}
          onClick={() =>
            saveBlob(
              new Blob([scoringText(record, scoring)], { type: 'application/yaml;charset=utf-8' }),
              'scoring.yaml',
            )
          }
        >
          {say('rescore.save')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() =>
            void navigator.clipboard?.writeText(location.href).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          <Copy aria-hidden="true" size="1.1em" />
          {say('rescore.copy')}
        </button>
        <span role="status" className="soft">
          {copied ? say('rescore.copied') : say('rescore.changed', { count: changed })}
        </span>
      </div>
      {rows ? (
        <SideBySide rows={rows} scoring={shown} state={state} />
      ) : (
        <p role="alert">{say('rescore.notOrdered')}</p>
      )}
      <Sturdy moment={moment} />
      <DecidedList state={state} />
    </section>
  )
}
