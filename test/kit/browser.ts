import { useCard } from '../../infra/probe/src/card.ts'
import { openCookieJar } from '../../infra/probe/src/cookies.ts'
import type { Person } from '../../infra/services/kit/nation/nation.ts'
import type { State } from './state.ts'

export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

/** A browser that keeps cookies; follows redirects unless told not to. */
export interface Browser {
  open(url: string, options?: RequestInit & { readonly follow?: boolean }): Promise<Page>
  /** Sends a form. */
  send(url: string, form: Readonly<Record<string, string>>, follow?: boolean): Promise<Page>
}

const REDIRECTS = 10

export function openBrowser(): Browser {
  const jar = openCookieJar()
  const open: Browser['open'] = async (url, options = {}) => {
    const { follow = true, ...request } = options
    let at = new URL(url)
    let init: RequestInit = request
    for (let turn = 0; ; turn++) {
      const headers = new Headers(init.headers)
      headers.set('cookie', jar.header(at))
      const answer = await fetch(at, { ...init, headers, redirect: 'manual' })
      jar.take(at, answer.headers.getSetCookie())
      const to = answer.headers.get('location')
      if (!follow || !to || answer.status < 300 || answer.status > 399 || turn === REDIRECTS)
        return { url: at.href, status: answer.status, text: await answer.text(), headers: answer.headers }
      at = new URL(to, at)
      init = {}
    }
  }
  return {
    open,
    send: (url, form, follow = true) =>
      open(url, { method: 'POST', body: new URLSearchParams(form), follow }),
  }
}

/** The first group of a pattern in a page. Throws, showing the page, when it is not there. */
export function field(page: Page, pattern: RegExp): string {
  const found = pattern.exec(page.text)?.[1]
  if (found === undefined)
    throw new Error(`${pattern} is not in ${page.url} (${page.status}): ${page.text.slice(0, 600)}`)
  return found
}

/** Logs a person in at a service of the state with their ID-card, as its page and eID ask; gives the page they come back to. */
export async function logIn(state: State, browser: Browser, service: string, person: Person): Promise<Page> {
  const page = await browser.open(`http://${service}/login`)
  const action = field(page, /action="(\/login\/[^"/]+)\/idcard"/)
  const nonce = field(page, /name="nonce" value="([^"]+)"/)
  const token = await useCard(state.secrets.privateKey('card-ca'), person, {
    person: person.code,
    origin: 'http://eid',
    nonce,
    certificate: 'authentication',
  })
  return browser.send(`http://eid${action}/idcard`, { nonce, token })
}
