import { useId } from 'react'
import { LANGS, type Lang, type Text } from '#exercise/scenario/words.ts'
import { useSay } from '../kit/i18n/use-say.ts'

const LANG_NAMES: Readonly<Record<Lang, string>> = { en: 'English', et: 'Eesti', ja: '日本語' }

/** A text in the viewer's language, and below it in the others, where somebody writes them. */
export function TextFields(props: {
  readonly name: string
  readonly label: string
  readonly most: number
  readonly rows?: number
  readonly text: Text | null
}) {
  const say = useSay()
  const { name, label, text } = props
  const id = useId()
  const field = (lang: Lang, required: boolean) => {
    const given = {
      id: `${id}-${lang}`,
      name: `${name}.${lang}`,
      lang,
      required,
      maxLength: props.most,
      defaultValue: text && (required || !text.borrowed?.[lang]) ? text[lang] : '',
    }
    return props.rows ? <textarea rows={props.rows} {...given} /> : <input autoComplete="off" {...given} />
  }
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-${say.lang}`}>{label}</label>
        {field(say.lang, true)}
      </div>
      <details className="msel-others">
        <summary>
          {say.head(label)}
          {say('msel.form.others')}
        </summary>
        <p className="soft small">{say('msel.form.othersHint')}</p>
        {LANGS.filter((lang) => lang !== say.lang).map((lang) => (
          <div key={lang} className="field">
            <label htmlFor={`${id}-${lang}`} lang={lang}>
              {LANG_NAMES[lang]}
            </label>
            {field(lang, false)}
          </div>
        ))}
      </details>
    </>
  )
}

/** What was written in `TextFields` of this name; where a language was left out, the words of `main` stand there. */
export function textOf(data: FormData, name: string, main: Lang): Text {
  const written = (lang: Lang) => String(data.get(`${name}.${lang}`) ?? '').trim()
  const missing = LANGS.filter((lang) => lang !== main && written(lang) === '')
  const words = (lang: Lang) => written(lang) || written(main)
  const text = { en: words('en'), et: words('et'), ja: words('ja') }
  if (missing.length === 0) return text
  return { ...text, borrowed: Object.fromEntries(missing.map((lang) => [lang, main])) }
}
