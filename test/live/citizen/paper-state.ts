import type { Citizens, VisitRequest } from '../../../server/engine/ports/citizens.ts'

export interface Paper {
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string | Buffer
}
export type PaperService = (request: VisitRequest, team: string) => Paper | Promise<Paper> | null

/** A state of services that are functions, as citizens reach it; one that gives null does not answer. */
export function paperState(services: Readonly<Record<string, PaperService>>) {
  const asked: (VisitRequest & { readonly team: string })[] = []
  const citizens: Citizens = {
    services: Object.keys(services),
    async visit(team, request) {
      asked.push({ ...request, team })
      const answer = await services[request.service]?.(request, team)
      if (!answer) return { ok: false, why: 'down' }
      const { status = 200, headers = [['content-type', 'text/html; charset=utf-8']], body = '' } = answer
      return { ok: true, status, headers, body: Buffer.from(body), ms: 1 }
    },
    people: async () => [{ code: '38001010001', name: 'Ülo Õun', role: 'worker', birth: '1980-01-01' }],
    card: async (team, person, origin, nonce) => JSON.stringify({ team, person, origin, nonce }),
  }
  return { citizens, asked }
}

const cookieOf = ({ headers }: VisitRequest) => headers.find(([name]) => name === 'cookie')?.[1] ?? ''

/** A portal that wants a login, and who logs people in, as the real ones behave. */
export const portalAndEid: Readonly<Record<string, PaperService>> = {
  portal: (request) => {
    const cookie = cookieOf(request)
    if (request.path === '/login')
      return {
        status: 303,
        headers: [
          [
            'location',
            `http://eid/oidc/authorize?redirect_uri=${encodeURIComponent('http://portal/login/callback')}`,
          ],
          ['set-cookie', 'portal_login=state; Path=/login; HttpOnly; SameSite=Lax'],
        ],
      }
    if (request.path === '/login/callback?code=1')
      return cookie.includes('portal_login=state')
        ? {
            status: 303,
            headers: [
              ['location', '/'],
              ['set-cookie', 'portal_session=s; Path=/; HttpOnly; SameSite=Lax'],
            ],
          }
        : { status: 400 }
    return {
      body: `<h1>${cookie.includes('portal_session=s') ? 'Your letters' : 'Welcome'}</h1><a href="http://eid/">eID</a>`,
    }
  },
  eid: (request) => {
    if (request.path.startsWith('/oidc/authorize'))
      return {
        status: 303,
        headers: [
          ['location', '/login/u1'],
          ['set-cookie', 'uid=u1; Path=/login/u1; HttpOnly'],
        ],
      }
    if (request.path === '/login/u1')
      return {
        body: '<form method="post" action="/login/u1/idcard"><input name="nonce" value="n+/="><textarea name="token"></textarea></form>',
      }
    if (request.path === '/login/u1/idcard') {
      const form = new URLSearchParams(request.body.toString())
      const token = JSON.parse(form.get('token') ?? '{}') as Record<string, string>
      const good = token.nonce === 'n+/=' && token.origin === 'http://eid' && cookieOf(request) === 'uid=u1'
      return good
        ? { status: 303, headers: [['location', 'http://portal/login/callback?code=1']] }
        : { body: 'refused' }
    }
    return { body: '<h1>eID</h1>' }
  },
}
