import { useEffect, useRef } from 'react'
import { rulesOf } from '#exercise/ledger/rules.ts'
import { CATEGORIES, type Category } from '#exercise/scenario/words.ts'
import { type RuleText, ruleTexts } from '#exercise/views/rule-texts.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'

/** How points are made, with this exercise's numbers. `rule`: the one that somebody wants to read. */
export function RulesInWords({ rule = null }: { readonly rule?: string | null }) {
  const say = useSay()
  const state = useExerciseState()
  const texts = ruleTexts(state.scenario, rulesOf(state))
  const of = (category: Category | null) => texts.filter((text) => text.category === category)
  return (
    <section className="rules" aria-labelledby="rules">
      <h2 id="rules">{say('rules.title')}</h2>
      {CATEGORIES.filter((category) => of(category).length > 0).map((category) => (
        <section key={category} aria-labelledby={`rules-${category}`}>
          <h3 id={`rules-${category}`}>{say(`category.${category}`)}</h3>
          <Paragraphs texts={of(category)} wanted={rule} />
        </section>
      ))}
      <section aria-labelledby="rules-always">
        <h3 id="rules-always">{say('rules.always')}</h3>
        <Paragraphs texts={of(null)} wanted={rule} />
      </section>
    </section>
  )
}

function Paragraphs({
  texts,
  wanted,
}: {
  readonly texts: readonly RuleText[]
  readonly wanted: string | null
}) {
  return texts.map((text, index) => (
    <Paragraph
      key={`${text.rule}/${text.code}`}
      text={text}
      // Of a rule that several paragraphs tell, the first.
      wanted={text.rule === wanted && texts.findIndex(({ rule }) => rule === wanted) === index}
    />
  ))
}

function Paragraph({ text, wanted }: { readonly text: RuleText; readonly wanted: boolean }) {
  const say = useSay()
  const ref = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!wanted) return
    ref.current?.scrollIntoView({ block: 'center' })
    ref.current?.focus({ preventScroll: true })
  }, [wanted])
  return (
    <p ref={ref} className={wanted ? 'rule rule-wanted' : 'rule'} tabIndex={wanted ? -1 : undefined}>
      {ruleInWords(say, text)}{' '}
      <small className="soft rule-number">{say('rules.number', { rule: text.rule })}</small>
    </p>
  )
}

/** Numbers as a person reads them: what they are is at the end of their names. */
export function ruleInWords(say: Say, { code, params }: RuleText): string {
  const written = Object.entries(params).map(([name, value]) => [
    name,
    name.endsWith('Ms') ? say.span(value) : name.endsWith('Share') ? say.percent(value) : say.points(value),
  ])
  return say(`rules.${code}`, Object.fromEntries(written))
}
