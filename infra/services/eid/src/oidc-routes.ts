import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type Provider from 'oidc-provider'

type Env = { Bindings: HttpBindings }

const FORM = 'application/x-www-form-urlencoded'
const DISCOVERY = '/.well-known/openid-configuration'
/** As long as Node lets an address be. */
const LONGEST_FORM = 16 * 1024

/** The endpoints of the OpenID provider. */
export function oidcRoutes(provider: Provider): Hono<Env> {
  const routes = new Hono<Env>()
  const openid = provider.callback()
  const serve = async (c: Context<Env>): Promise<Response> => {
    await openid(c.env.incoming, c.env.outgoing)
    return RESPONSE_ALREADY_SENT
  }

  // TARA serves its discovery document under /oidc as well.
  routes.all(`/oidc${DISCOVERY}`, (c) => {
    c.env.incoming.url = DISCOVERY
    return serve(c)
  })
  // OpenID Connect Core 3.1.2.1: a request may come as a form too. The package takes one only where its cookies are SameSite=None, which
  // browsers keep over TLS alone, because it would look for somebody who is logged in; here nobody ever is. So it gets the form as an address.
  routes.post('/oidc/authorize', async (c) => {
    const form = await c.req.text()
    if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== FORM)
      throw new HTTPException(400, { message: `An authorization request by POST must be ${FORM}` })
    if (form.length > LONGEST_FORM)
      throw new HTTPException(400, { message: `An authorization request has at most ${LONGEST_FORM} bytes` })
    c.env.incoming.method = 'GET'
    c.env.incoming.url = `/oidc/authorize?${new URLSearchParams(form)}`
    return serve(c)
  })
  routes.all('/oidc/*', serve)
  routes.all(DISCOVERY, serve)
  return routes
}
