import { expect, test, vi } from 'vitest'
import { white } from '../kit/actors.ts'
import { CLIENT, openProvider } from '../live/oidc-here.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()

test('two people of a team join by its code, see each other and who works on what; white sees both; revoked, both are out', async () => {
  const served = await world()
  const { seats } = (await (await served.fetch('/api/seats', 'white')).json()) as {
    seats: readonly { seatId: string; code: string }[]
  }
  const code = seats.find(({ seatId }) => seatId === 'blue-red')?.code ?? ''
  const [anna, bo, chief] = [await openWindow(), await openWindow(), await openWindow()]
  for (const [{ page }, name] of [
    [anna, 'Anna'],
    [bo, '<b>Bo</b> שרה'],
  ] as const) {
    await page.goto(served.live.url)
    await page.getByLabel('Code', { exact: true }).fill(code.toLowerCase().replaceAll('-', ''))
    await page.keyboard.press('Enter')
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Your role in the team').selectOption('technical')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByRole('heading', { name: 'Our services' }).waitFor()
    expect(page.url()).not.toContain('join')
  }
  await joinBy(chief.page, `${served.live.url}/#/join/${served.token('white')}`, 'Chief')
  await chief.page.getByRole('tab', { name: 'People' }).click()

  await anna.page.getByRole('button', { name: 'I work on this' }).click()
  await bo.page.getByText(/^Anna has worked on this since/).waitFor()
  await bo.page.getByRole('button', { name: 'I take it over' }).click()
  await anna.page.getByText(/<b>Bo<\/b> שרה.* has worked on this since/).waitFor()

  await bo.page.getByRole('tab', { name: 'People' }).click()
  const here = bo.page.locator('.people-tab .people').first()
  await expect.poll(() => here.innerText()).toMatch(/Anna[\s\S]*technical[\s\S]*Overview/)
  await bo.page.getByLabel('Note for the next shift').fill('Nothing new.')
  await bo.page.getByRole('button', { name: 'Leave the note' }).click()
  await anna.page.locator('.handover-last').getByText('Nothing new.').waitFor()
  const panel = chief.page.locator('.people-panel')
  await expect.poll(() => panel.innerText()).toMatch(/Anna[\s\S]*<b>Bo<\/b> שרה[\s\S]*Chief/)

  // A reload asks for nothing, and is no second person.
  await anna.page.reload()
  await anna.page.getByRole('button', { name: 'You are Anna. Change' }).waitFor()
  await anna.page.close()
  await expect.poll(() => panel.innerText(), { timeout: 3_000 }).not.toContain('Anna')

  await served.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
  await bo.page.getByText('Its seat was revoked.').waitFor({ timeout: 1_000 })
  await expect.poll(() => panel.innerText(), { timeout: 3_000 }).not.toContain('Bo')
  expect([...anna.errors, ...bo.errors, ...chief.errors]).toEqual([])
})

test('who signs in with the organisation’s account is in their seat, by the account’s name', async () => {
  for (const method of ['info', 'warn'] as const) vi.spyOn(console, method).mockReturnValue(undefined)
  const provider = await openProvider({
    anna: { name: 'Anna Mägi', groups: ['team-a'] },
    eve: { name: 'Eve', groups: [] },
  })
  const groups = [{ group: 'team-a', seat: 'blue', team: 'red' }] as const
  const served = await world({
    live: {
      signIn: {
        issuer: provider.issuer,
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        groups,
        scope: 'openid profile groups',
      },
    },
  })
  provider.serve(`${served.live.url}/api/sign-in/callback`)
  const signIn = async (account: string) => {
    provider.as(account)
    const { page, errors } = await openWindow()
    await page.goto(served.live.url)
    await page.getByRole('link', { name: 'Sign in with your organisation’s account' }).click()
    return { page, errors }
  }
  const eve = await signIn('eve')
  await eve.page.getByText('Your account is in no group that has a seat here.').waitFor()
  const { page, errors } = await signIn('anna')
  // The account gives the name; what they do in the team they say themselves.
  await page.locator('.join-ask h2', { hasText: 'Anna Mägi' }).waitFor()
  expect(await page.locator('.join-ask input').count()).toBe(0)
  await page.locator('.join-ask select').selectOption('legal')
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByRole('heading', { name: 'Our services' }).waitFor()
  await page.locator('.person-badge', { hasText: 'Anna Mägi' }).waitFor()
  await page.getByRole('button', { name: 'I work on this' }).click()
  await page.getByText('Anna Mägi has worked on this since').waitFor()
  await page.getByRole('button', { name: 'Let go of it' }).waitFor()
  expect(await page.getByRole('button', { name: 'I take it over' }).count()).toBe(0)
  await page.reload()
  await page.locator('.person-badge', { hasText: 'Anna Mägi' }).waitFor()
  await page.getByRole('tab', { name: 'People' }).click()
  await page.locator('.people', { hasText: 'legal' }).waitFor()
  expect([...errors, ...eve.errors]).toEqual([])
})
