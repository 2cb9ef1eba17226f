import type { PaperService } from './paper-state.ts'

/**
 * A service of a team that wants out of its frame: into the platform's origin, its storage, its sockets, the page around it, and the world. What it managed it tells itself at
 * `/told`; every attempt tells something, so that one that never ran is seen too.
 */
export function hostileService(platform: () => string, outside: () => string) {
  const told = new Map<string, string>()
  const service: PaperService = ({ path }) => {
    if (path.startsWith('/told')) {
      for (const [name, value] of new URL(path, 'http://tax').searchParams) told.set(name, value)
      return { status: 204, headers: [] }
    }
    if (path === '/out') return { status: 302, headers: [['location', `${outside()}/redirected`]] }
    if (path === '/sw.js')
      return {
        headers: [
          ['content-type', 'text/javascript'],
          ['service-worker-allowed', '/'],
        ],
        body: '0',
      }
    if (path === '/worker.js')
      return { headers: [['content-type', 'text/javascript']], body: 'postMessage(1)' }
    const leave = { '/to-outside': `${outside()}/left`, '/to-platform': `${platform()}/` }[path]
    if (leave)
      return {
        body: `<h1>Leaving</h1><script>fetch('/told?leaves=${encodeURIComponent(path)}').then(() => { location = '${leave}' })</script>`,
      }
    if (path === '/cookies')
      return {
        body: `<h1>Cookies</h1><script>for (let n = 0; n < 60; n++) document.cookie = 'c' + n + '=' + 'x'.repeat(4000) + '; path=/; max-age=9999'</script>`,
      }
    return {
      headers: [
        ['content-type', 'text/html; charset=utf-8'],
        ['set-cookie', 'session=of-the-service; Path=/'],
        ['access-control-allow-origin', '*'],
        ['cross-origin-opener-policy', 'unsafe-none'],
      ],
      body: hostilePage(platform(), outside()),
    }
  }
  return { service, told }
}

/** The page that tries. */
export const hostilePage = (
  platform: string,
  outside: string,
): string => `<!doctype html><title>Tax</title><h1>Tax</h1>
<img src="${outside}/image"><img src="${platform}/api/exercise"><link rel="stylesheet" href="${outside}/style">
<link rel="dns-prefetch" href="${outside}/"><link rel="prefetch" href="${outside}/prefetch">
<form id="form" method="post" action="${platform}/api/commands"><input name="a" value="b"></form>
<form id="away" method="post" target="_top" action="${outside}/form"></form>
<script>${SCRIPT.replaceAll('PLATFORM', platform).replaceAll('OUTSIDE', outside)}</script>`

const SCRIPT = `
const say = (name, value) => void fetch('/told?' + new URLSearchParams({ [name]: String(value).slice(0, 300) }))
const wait = (ms) => new Promise((r) => setTimeout(r, ms))
const attempt = async (name, what) => {
  try { say(name, await Promise.race([what(), wait(3000).then(() => 'no answer')])) } catch (e) { say(name, 'threw ' + e.name) }
}
;(async () => {
  addEventListener('securitypolicyviolation', (e) => say('csp:' + e.effectiveDirective, 1))
  await attempt('origin', async () => location.origin)
  await attempt('cookies', async () => document.cookie || 'none')
  await attempt('storage', async () => Object.keys(localStorage).join() + Object.keys(sessionStorage).join() || 'none')
  await attempt('parentStorage', async () => parent.localStorage.length)
  await attempt('parentDocument', async () => parent.document.title)
  await attempt('parentPlace', async () => parent.location.href)
  await attempt('opener', async () => String(window.opener))
  await attempt('api', async () => (await fetch('PLATFORM/api/exercise', { credentials: 'include' })).status)
  await attempt('apiNoCors', async () => (await fetch('PLATFORM/api/exercise', { mode: 'no-cors', credentials: 'include' })).type)
  await attempt('beacon', async () => { navigator.sendBeacon('PLATFORM/api/commands', '{}'); return 'sent' })
  await attempt('socket', () => new Promise((ok) => {
    const s = new WebSocket('PLATFORM'.replace('http', 'ws') + '/socket.io/?EIO=4&transport=websocket')
    s.onopen = () => ok('open'); s.onerror = () => ok('refused')
  }))
  await attempt('events', () => new Promise((ok) => {
    const s = new EventSource('PLATFORM/api/exercise'); s.onopen = () => ok('open'); s.onerror = () => ok('refused')
  }))
  await attempt('outside', async () => (await fetch('OUTSIDE/fetch', { mode: 'no-cors' })).type)
  await attempt('redirected', async () => (await fetch('/out', { mode: 'no-cors' })).type)
  await attempt('serviceWorker', async () => { await navigator.serviceWorker.register('/sw.js'); return 'registered' })
  await attempt('worker', () => new Promise((ok) => {
    const w = new Worker('/worker.js'); w.onmessage = () => ok('ran'); w.onerror = () => ok('refused')
  }))
  await attempt('popup', async () => String(window.open('PLATFORM/')))
  await attempt('frame', () => new Promise((ok) => {
    const f = document.createElement('iframe'); f.src = 'PLATFORM/'
    f.onload = () => { try { ok(f.contentDocument ? 'own: ' + f.contentDocument.URL : 'closed') } catch { ok('closed') } }
    document.body.append(f)
  }))
  await attempt('scriptOfPlatform', () => new Promise((ok) => {
    const s = document.createElement('script'); s.src = 'PLATFORM/api/exercise'; s.onload = () => ok('loaded'); s.onerror = () => ok('refused')
    document.body.append(s)
  }))
  await attempt('notify', async () => Notification.requestPermission())
  await attempt('alert', async () => { alert('x'); return 'no window' })
  await attempt('fullscreen', async () => { await document.documentElement.requestFullscreen(); return 'full' })
  await attempt('message', async () => {
    for (const m of ['x', { type: 'command', data: {} }, '42["command",{}]']) parent.postMessage(m, '*')
    return 'sent'
  })
  await attempt('cookieToss', async () => { document.cookie = 'kilp_sign_in=tossed; path=/'; return 'set' })
  await attempt('topGo', async () => { top.location = 'OUTSIDE/top'; return 'went' })
  await attempt('topForm', async () => { document.getElementById('away').submit(); await wait(300); return 'sent' })
  // What the browser refuses here ends the page: said before.
  say('form', 'begun')
  await wait(300)
  document.getElementById('form').submit()
})()
`
