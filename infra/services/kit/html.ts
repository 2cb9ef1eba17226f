import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export { html, raw } from 'hono/html'

export const LANGS = ['en', 'et', 'ja'] as const
export type Lang = (typeof LANGS)[number]
export type Text = Readonly<Record<Lang, string>>
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const NAMES: Text = { en: 'English', et: 'Eesti', ja: '日本語' }
const SKIP: Text = { en: 'Skip to content', et: 'Liigu sisu juurde', ja: '本文へ移動' }
const LANGUAGE: Text = { en: 'Language', et: 'Keel', ja: '言語' }
const STATE: Text = { en: 'Republic of Meremaa', et: 'Meremaa Vabariik', ja: 'メレマー共和国' }

/** Language of the reader: `?lang=` (kept in a cookie), else that cookie, else what the browser asks for, else English. */
export function languageOf(c: Context): Lang {
  const asked = LANGS.find((lang) => lang === c.req.query('lang'))
  if (asked) {
    setCookie(c, 'lang', asked, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 })
    return asked
  }
  return (
    LANGS.find((lang) => lang === getCookie(c, 'lang')) ?? acceptedLanguage(c.req.header('accept-language'))
  )
}

/** First of our languages in an Accept-Language header; English when there is none. */
export function acceptedLanguage(header: string | undefined): Lang {
  for (const part of (header ?? '').split(',')) {
    const found = LANGS.find((lang) => part.trim().toLowerCase().startsWith(lang))
    if (found) return found
  }
  return 'en'
}

export interface Page {
  readonly lang: Lang
  /** Name of the service, at the top of each page. */
  readonly service: string
  readonly title: string
  readonly content: Html
  readonly nav?: readonly { readonly href: string; readonly label: string }[]
}

/** A whole page. Values in `html` templates are escaped; only `raw` is not. */
export function page({ lang, service, title, content, nav = [] }: Page): Html {
  return html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${service}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<a class="skip" href="#content">${SKIP[lang]}</a>
<header><strong><a href="/">${service}</a></strong>
${nav.length === 0 ? '' : html`<nav aria-label="${service}">${nav.map(({ href, label }) => html`<a href="${href}">${label}</a> `)}</nav>`}</header>
<main id="content"><h1>${title}</h1>
${content}
</main>
<footer><nav aria-label="${LANGUAGE[lang]}">${LANGS.map((l) => html`<a href="?lang=${l}" lang="${l}" hreflang="${l}">${NAMES[l]}</a> `)}</nav>
${STATE[lang]}</footer>
</body></html>`
}
