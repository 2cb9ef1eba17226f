import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { comparisonTable, type ReadableComparison } from '#exercise/views/comparison/comparison.ts'
import { csvText } from '#exercise/views/report/csv.ts'
import { linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { saveBlob } from '../kit/save-blob.ts'
import { SelectOne } from '../kit/select-one.tsx'
import { useKept } from '../kit/use-kept.ts'
import { AskKey } from './ask-key.tsx'
import './comparison.css'
import './home.css'
import { type Joined, JoinUnits } from './join-units.tsx'
import { askComparison, operatorKey, wantsKey } from './operator-api.ts'
import { UnitCard } from './unit-card.tsx'

/** For whoever runs the platform: how units did from exercise to exercise. */
export function ComparisonPage() {
  const say = useSay()
  const [key, setKey] = useState(() => operatorKey())
  const [joined, setJoined] = useKept<readonly Joined[]>('kilp.units', [])
  const [shown, setShown] = useState<ReadableComparison | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [weaknessClass, setClass] = useState('')
  const [unit, setUnit] = useState('')
  // What is kept in a browser may be anything.
  const join = JSON.stringify(joined.filter((one) => Array.isArray(one) && one.length === 2))
  useEffect(() => {
    if (key === null) return
    let wanted = true
    void askComparison(JSON.parse(join)).then((answer) => {
      if (!wanted) return
      setRefusal(answer.ok ? null : answer.refusal)
      if (answer.ok) setShown(answer.body)
    })
    return () => {
      wanted = false
    }
  }, [key, join])
  const asks = key === null || wantsKey(refusal)
  return (
    <Shell
      ofInstallation
      title={say('compare.title')}
      className="home"
      tools={
        <a className="button" href={linkTo('home')}>
          <ArrowLeft aria-hidden="true" size="1.1em" />
          {say('home.title')}
        </a>
      }
    >
      {asks ? (
        <AskKey
          bad={key !== null}
          onKey={(one) => {
            setRefusal(null)
            setKey(one)
          }}
        />
      ) : (
        <div className="compare">
          <p className="soft">{say('compare.about')}</p>
          <RefusalText refusal={refusal} />
          {shown === null && refusal === null && <p role="status">{say('compare.wait')}</p>}
          {shown && (
            <>
              <div className="compare-choice">
                <SelectOne
                  label={say('compare.unit')}
                  none={say('compare.unitAll')}
                  value={unit}
                  onChange={setUnit}
                  options={shown.units.map((one) => [one.unit, one.unit])}
                />
                <SelectOne
                  label={say('compare.class')}
                  none={say('compare.classAll')}
                  value={weaknessClass}
                  onChange={setClass}
                  options={shown.classes.map((one) => [one, one])}
                />
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    saveBlob(
                      new Blob([csvText(comparisonTable(shown))], { type: 'text/csv;charset=utf-8' }),
                      'comparison.csv',
                    )
                  }
                >
                  {say('compare.csv')}
                </button>
              </div>
              {shown.unread.length > 0 && (
                <p role="alert">{say('compare.unread', { ids: say.list(shown.unread) })}</p>
              )}
              {shown.units.length === 0 && <p>{say('compare.none')}</p>}
              {shown.units
                .filter((one) => unit === '' || one.unit === unit)
                .map((one) => (
                  <UnitCard
                    key={one.unit}
                    {...one}
                    comparison={shown}
                    weaknessClass={weaknessClass === '' ? null : weaknessClass}
                  />
                ))}
              <JoinUnits units={shown.units} joined={joined} onJoined={setJoined} />
            </>
          )}
        </div>
      )}
    </Shell>
  )
}
