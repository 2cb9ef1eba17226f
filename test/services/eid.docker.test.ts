import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Container, Network } from 'dockerode'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as openid from '../../infra/node_modules/openid-client/build/index.js'
import { useCard } from '../../infra/probe/src/card.ts'
import { openCookieJar } from '../../infra/probe/src/cookies.ts'
import { cacheBeside, ensureBase } from '../../server/range/base-image.ts'
import { ensureImage } from '../../server/range/build.ts'
import { folderFiles } from '../../server/range/context.ts'
import { type Engine, findEngine } from '../../server/range/docker.ts'
import { fillTemplate, secretsOf } from '../../server/range/env.ts'
import { execIn } from '../../server/range/exec.ts'
import { serviceRecipe } from '../../server/range/images.ts'

const infra = join(import.meta.dirname, '../../infra')
const run = randomBytes(4).toString('hex')
const secrets = secretsOf(run, run, 'test')
const MARI = { code: '48803022712', given: 'Mari', family: 'Õunapuu' }
const REDIRECT = 'http://library/login/callback'
const containers: Container[] = []
let network: Network
let issuer: string

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function start(docker: Engine, base: string, id: string, more: Record<string, string>, port?: number) {
  const folder = join(infra, 'services', id)
  const kit = await folderFiles(join(infra, 'services/kit'), 'kit', () => false)
  const spec = parse(await readFile(join(folder, 'service.yaml'), 'utf8'))
  const recipe = await serviceRecipe({ ...spec, folder, plants: [] }, kit, base)
  await ensureImage(docker, recipe, () => undefined)
  const env = Object.entries<string>(spec.env).map(
    ([key, value]) =>
      `${key}=${fillTemplate(value, { team: 'test', seed: secrets.seed, services: 'eid,registry-db' }, secrets)}`,
  )
  const container = await docker.createContainer({
    Image: recipe.tag,
    name: `kilp-test-${id}-${run}`,
    Labels: { kilp: `test-${run}` },
    Env: [
      ...env,
      `KILP_SEED=${secrets.seed}`,
      ...Object.entries(more).map(([key, value]) => `${key}=${value}`),
    ],
    ExposedPorts: { '80/tcp': {} },
    HostConfig: {
      Memory: spec.memoryMiB * 1024 * 1024,
      NetworkMode: `kilp-test-${run}`,
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
      SecurityOpt: ['no-new-privileges'],
      ...(port ? { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } } : {}),
    },
    NetworkingConfig: { EndpointsConfig: { [`kilp-test-${run}`]: { Aliases: [id] } } },
  })
  containers.push(container)
  await container.start()
}

beforeAll(async () => {
  const { docker } = await findEngine()
  const base = await ensureBase(docker, infra, cacheBeside(infra), () => undefined)
  network = await docker.createNetwork({ Name: `kilp-test-${run}`, Labels: { kilp: `test-${run}` } })
  const port = await freePort()
  issuer = `http://127.0.0.1:${port}`
  await start(docker, base, 'registry-db', {})
  await start(docker, base, 'eid', { ISSUER: issuer }, port)
  for (let i = 0; i < 150; i++) {
    const answer = await fetch(`${issuer}/healthz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((wake) => setTimeout(wake, 200))
  }
  const log = {
    container: `kilp-test-eid-${run}`,
    command: ['tail', '-20', '/var/log/app/current'],
    deadlineMs: 5000,
  }
  throw new Error(`eid does not get ready: ${(await execIn(docker, log)).stdout}`)
})
afterAll(async () => {
  for (const container of containers) await container.remove({ force: true, v: true })
  await network?.remove()
})

/** A browser that keeps cookies and follows nothing by itself. */
function openBrowser() {
  const jar = openCookieJar()
  return async (url: string, form?: Record<string, string>) => {
    const at = new URL(url, issuer)
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: jar.header(at) },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    jar.take(at, response.headers.getSetCookie())
    return {
      status: response.status,
      to: response.headers.get('location') ?? '',
      text: await response.text(),
    }
  }
}

const discover = () =>
  openid.discovery(
    new URL(issuer),
    'citylibrary',
    undefined,
    openid.ClientSecretBasic(secrets.secret('oidc-library')),
    { execute: [openid.allowInsecureRequests] },
  )

const field = (page: string, pattern: RegExp) => pattern.exec(page)?.[1] ?? ''

test('a stock OpenID client discovers the service and logs a citizen in', async () => {
  const configuration = await discover()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const verifier = openid.randomPKCECodeVerifier()
  const start = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: REDIRECT,
    scope: 'openid idcard',
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  expect(start.pathname).toBe('/oidc/authorize')
  const browse = openBrowser()
  const login = (await browse(start.href)).to
  const challenge = field((await browse(login)).text, /name="nonce" value="([^"]+)"/)
  const card = { person: MARI.code, origin: issuer, nonce: challenge, certificate: 'authentication' } as const
  const token = await useCard(secrets.privateKey('card-ca'), MARI, card)
  const resume = (await browse(`${login}/idcard`, { nonce: challenge, token })).to
  const back = new URL((await browse(resume)).to)

  const answer = await openid.authorizationCodeGrant(configuration, back, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = answer.claims()
  expect(claims).toMatchObject({
    iss: issuer,
    aud: 'citylibrary',
    sub: `EE${MARI.code}`,
    acr: 'high',
    amr: ['idcard'],
    state,
    nonce,
    profile_attributes: { date_of_birth: '1988-03-02', given_name: 'MARI', family_name: 'ÕUNAPUU' },
  })
  expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(40)
  const profile = await openid.fetchUserInfo(configuration, answer.access_token, `EE${MARI.code}`)
  expect(profile).toMatchObject({ sub: `EE${MARI.code}`, family_name: 'ÕUNAPUU' })
})

test('nobody stays logged in, and a login that was broken off says so', async () => {
  const configuration = await discover()
  const browse = openBrowser()
  const state = openid.randomState()
  const parameters = { redirect_uri: REDIRECT, scope: 'openid', state }
  const login = (await browse(openid.buildAuthorizationUrl(configuration, parameters).href)).to
  expect(login).toMatch(/^\/login\//)
  const back = new URL((await browse((await browse(`${login}/cancel`, {})).to)).to)
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'user_cancel', state })
  const silent = openid.buildAuthorizationUrl(configuration, { ...parameters, prompt: 'none' })
  expect(new URL((await browse(silent.href)).to).searchParams.get('error')).toBe('login_required')
})

test('a redirect address must be the registered one, a secret the right one, a challenge this login’s', async () => {
  const configuration = await discover()
  const browse = openBrowser()
  for (const redirect_uri of [
    'http://evil/callback',
    `${REDIRECT}/../x`,
    `${REDIRECT}?a=b`,
    'http://library/',
  ])
    expect(
      (await browse(openid.buildAuthorizationUrl(configuration, { redirect_uri, scope: 'openid' }).href))
        .status,
    ).toBe(400)
  const answer = await fetch(`${issuer}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('citylibrary:citylibrary')}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT }),
  })
  expect([answer.status, (await answer.json()).error]).toEqual([401, 'invalid_client'])

  const parameters = { redirect_uri: REDIRECT, scope: 'openid' }
  const login = (await browse(openid.buildAuthorizationUrl(configuration, parameters).href)).to
  const other = openBrowser()
  const otherLogin = (await other(openid.buildAuthorizationUrl(configuration, parameters).href)).to
  const stolen = field((await other(otherLogin)).text, /name="nonce" value="([^"]+)"/)
  const card = { person: MARI.code, origin: issuer, nonce: stolen, certificate: 'authentication' } as const
  const token = await useCard(secrets.privateKey('card-ca'), MARI, card)
  expect((await browse(`${login}/idcard`, { nonce: stolen, token })).status).toBe(400)
  expect((await openBrowser()(`${login}/idcard`, { nonce: stolen, token })).status).toBe(410)
})
