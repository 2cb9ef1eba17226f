import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { signInSettings } from '../../server/cli/sign-in-settings.ts'
import { UserError } from '../../server/cli/user-error.ts'
import type { SeatInfo } from '../../server/exercise/wire/protocol.ts'
import { openSeats } from '../../server/live/seats.ts'
import { white } from '../kit/actors.ts'
import { openBrowser } from '../kit/browser.ts'
import { openWorld, refusedBy } from './fixture.ts'
import { type Account, CLIENT, openProvider } from './oidc-here.ts'

const ACCOUNTS: Readonly<Record<string, Account>> = {
  anna: { name: 'Anna Mägi', groups: ['staff', 'team-a'] },
  chief: { preferred_username: 'chief', groups: ['team-a', 'excon'] },
  hostile: { name: `<b>${'x'.repeat(10_000)}</b>`, groups: 'team-a' },
  control: { name: 'An\u0000na', preferred_username: 'an.na', groups: ['team-a'] },
  stranger: { name: 'Stranger', groups: ['team-a '] },
  lonely: { name: 'Lonely' },
  lost: { name: 'Lost', groups: ['team-c'] },
}

async function signInHere(up = true) {
  const provider = await openProvider(ACCOUNTS)
  const groups = 'excon=white,team-a=blue:red,team-c=blue:no-such-team'
  const signIn = signInSettings(
    {
      KILP_OIDC_ISSUER: provider.issuer,
      KILP_OIDC_CLIENT_ID: CLIENT.id,
      KILP_OIDC_CLIENT_SECRET: CLIENT.secret,
      KILP_OIDC_GROUPS: groups,
      KILP_OIDC_SCOPE: 'openid profile groups',
    },
    null,
  )
  if (!signIn) throw new Error('sign-in is off')
  const world = await openWorld({ live: { signIn } })
  const serve = () => provider.serve(`${world.live.url}/api/sign-in/callback`)
  if (up) serve()
  /** Signs in with a new browser; gives where that leads. */
  const as = async (account: string | null, browser = openBrowser()) => {
    provider.as(account)
    const { url } = await browser.open(`${world.live.url}/api/sign-in`)
    return new URL(url).hash
  }
  return { world, provider, serve, as }
}

const tokenIn = (hash: string) => /^#\/join\/([\w.-]+)$/.exec(hash)?.[1] ?? ''

beforeAll(() => {
  for (const method of ['info', 'warn', 'log'] as const) vi.spyOn(console, method).mockReturnValue(undefined)
})
afterAll(() => vi.restoreAllMocks())

describe('sign-in by OpenID Connect', () => {
  it('leads to the seat of the group, and every act carries the name of the account', async () => {
    const { world, as } = await signInHere()
    const token = tokenIn(await as('anna'))
    // Whatever they say their name is.
    const client = world.join({ token, person: { name: 'The Minister', role: 'legal' } })
    const welcome = await new Promise<{ seat: SeatInfo; signedIn: string | null; offersSignIn: boolean }>(
      (resolve) => client.once('welcome', resolve),
    )
    expect(welcome).toMatchObject({
      seat: { seat: 'blue', team: 'red' },
      signedIn: 'Anna Mägi',
      offersSignIn: true,
    })
    const claim = (seen: number) =>
      ({ type: 'claim-work', data: { team: 'red', subject: { kind: 'service', id: 'tax' }, seen } }) as const
    client.emit('here', { name: 'The Minister', role: null }, null)
    await client.emitWithAck('command', claim(0))
    const last = async () => (await world.engine.events(0, 10_000)).at(-1)?.data
    expect(await last()).toMatchObject({ by: { name: 'Anna Mägi', seat: 'blue' } })
    const answer = await fetch(`${world.live.url}/api/commands`, {
      method: 'POST',
      body: JSON.stringify({ type: 'release-work', data: { ...claim(1).data } }),
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'kilp-person': 'The%20Minister',
      },
    })
    expect(answer.status).toBe(200)
    expect(await last()).toMatchObject({ by: { name: 'Anna Mägi' } })
  })

  it.each([
    ['chief', 'white', 'chief'],
    ['hostile', 'blue', `<b>${'x'.repeat(57)}`],
    ['control', 'blue', 'an.na'],
  ])('%s has the seat %s, and the name %s', async (account, seat, name) => {
    const { world, as } = await signInHere()
    const token = tokenIn(await as(account))
    const client = world.join({ token })
    const welcome = await new Promise((resolve) => client.once('welcome', resolve))
    expect(welcome).toMatchObject({ seat: { seat }, signedIn: name })
  })

  it.each([
    ['stranger', 'sign-in-no-group'],
    ['lonely', 'sign-in-no-group'],
    ['lost', 'sign-in-no-seat'],
    [null, 'sign-in-refused'],
  ])('%s is turned away: %s', async (account, code) => {
    const { as } = await signInHere()
    expect(await as(account)).toContain(`refused=${code}`)
  })

  it('a seat that was revoked opens to nobody, and who came in by it is out', async () => {
    const { world, as } = await signInHere()
    const token = tokenIn(await as('anna'))
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    expect(await refusedBy(world.join({ token }))).toMatchObject({ code: 'revoked-token' })
    expect(await as('anna')).toContain('refused=sign-in-no-seat')
  })

  it('the way back is gone once, in the browser that began it, within its time', async () => {
    const { world, provider } = await signInHere()
    provider.as('anna')
    const browser = openBrowser()
    let at = `${world.live.url}/api/sign-in`
    while (!at.includes('/api/sign-in/callback')) {
      const { headers } = await browser.open(at, { follow: false })
      at = new URL(headers.get('location') ?? '', at).href
    }
    const back = async (who: ReturnType<typeof openBrowser>, to = at) =>
      (await who.open(to, { follow: false })).headers.get('location')
    expect(await back(openBrowser())).toContain('refused=sign-in-lost')
    const forged = new URL(at)
    forged.searchParams.set('state', 'made-up')
    expect(await back(browser, forged.href)).toContain('refused=sign-in-lost')
    expect(tokenIn(new URL((await back(browser)) ?? '').hash)).not.toBe('')
    expect(await back(browser)).toContain('refused=sign-in-lost')
  })

  it('a token is the platform’s own: one whose name was changed opens nothing, nor does one whose time is over', async () => {
    const { world, as } = await signInHere()
    const token = tokenIn(await as('anna'))
    const [text = '', signature = ''] = token.split('.')
    const content = JSON.parse(Buffer.from(text, 'base64url').toString())
    expect(content).toMatchObject({ seat: 'blue', team: 'red', name: 'Anna Mägi' })
    const forged = Buffer.from(JSON.stringify({ ...content, name: 'White' })).toString('base64url')
    expect(await refusedBy(world.join({ token: `${forged}.${signature}` }))).toMatchObject({
      code: 'unknown-token',
    })
    vi.spyOn(Date, 'now').mockReturnValue(content.untilWall)
    try {
      expect(await refusedBy(world.join({ token }))).toMatchObject({ code: 'session-over' })
    } finally {
      vi.mocked(Date.now).mockRestore()
    }
  })

  it('who is there when their sign-in is over is told so, and sent away', async () => {
    const { world } = await signInHere()
    const seat: SeatInfo = { seatId: 'white', seat: 'white', team: null, label: '' }
    const seats = await openSeats(world.engine, world.store)
    const client = world.join({ token: seats.tokenOf(seat, { name: 'Mari', untilWall: Date.now() + 1_500 }) })
    const reason = new Promise((told) => client.on('goodbye', told))
    await new Promise((welcome) => client.on('welcome', welcome))
    expect(await reason).toBe('session-over')
    await expect.poll(() => client.connected).toBe(false)
  })

  it('a provider that does not answer is said so, and asked again the next time', async () => {
    const { as, serve } = await signInHere(false)
    expect(await as('anna')).toContain('refused=sign-in-no-provider')
    serve()
    expect(tokenIn(await as('anna'))).not.toBe('')
  })

  it('is in the document of the interface', async () => {
    const { world } = await signInHere()
    const document = (await (await world.fetch('/api/openapi.json')).json()) as { paths: object }
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/sign-in', '/api/sign-in/callback', '/api/join']),
    )
  })

  it('is not there unless it is configured', async () => {
    const world = await openWorld()
    expect((await world.fetch('/api/sign-in')).status).toBe(404)
    const client = world.join()
    expect(await new Promise((resolve) => client.once('welcome', resolve))).toMatchObject({
      offersSignIn: false,
    })
  })
})

describe('its settings', () => {
  const all = {
    KILP_OIDC_ISSUER: 'https://login.example/realm',
    KILP_OIDC_CLIENT_ID: 'kilp',
    KILP_OIDC_CLIENT_SECRET: 'secret',
    KILP_OIDC_GROUPS: 'excon=white',
  }
  it('are off without any, and read when all are there', () => {
    expect(signInSettings({}, null)).toBeNull()
    expect(
      signInSettings({ ...all, KILP_OIDC_GROUPS: 'excon=white, cn=team a=blue:estonia ' }, null),
    ).toEqual({
      issuer: 'https://login.example/realm',
      clientId: 'kilp',
      clientSecret: 'secret',
      groups: [
        { group: 'excon', seat: 'white', team: null },
        { group: 'cn=team a', seat: 'blue', team: 'estonia' },
      ],
      scope: 'openid profile',
    })
  })

  it.each([
    [{ KILP_OIDC_CLIENT_SECRET: '' }, /half configured: KILP_OIDC_CLIENT_SECRET is not set/],
    [{ KILP_OIDC_ISSUER: 'http://login.example' }, /must be https/],
    [{ KILP_OIDC_ISSUER: 'login.example' }, /KILP_OIDC_ISSUER is "login.example"/],
    [{ KILP_OIDC_GROUPS: 'excon' }, /"excon": no group and seat/],
    [{ KILP_OIDC_GROUPS: 'a=blue' }, /a blue seat is of a team/],
    [{ KILP_OIDC_GROUPS: 'a=white:estonia' }, /a white seat is of no team/],
    [{ KILP_OIDC_GROUPS: 'a=guest' }, /no seat "guest"/],
    [{ KILP_OIDC_GROUPS: 'excon=white,' }, /no group and seat/],
    [{ KILP_OIDC_SCOPE: 'profile' }, /must have openid in it/],
  ])('%o is said clearly', (change, message) => {
    const read = () => signInSettings({ ...all, ...change }, null)
    expect(read).toThrow(UserError)
    expect(read).toThrow(message)
  })

  it('people sign in over https alone, where they come over a network', () => {
    const read = (url: string) => () => signInSettings(all, url)
    expect(read('http://range.example')).toThrow(/by https/)
    expect(read('https://range.example')).not.toThrow()
  })
})
