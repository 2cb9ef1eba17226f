import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { FileRef } from '../../server/exercise/scenario/inject.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { inject } from '../exercise/made-scenario.ts'
import { demoScenario } from '../kit/demo-scenario.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT_MS = 60_000
const blue: Audience = { seat: 'blue', team: 'finland' }
const PICTURE = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (char) => char.charCodeAt(0),
)
const ref = (name: string, type: string, bytes: number, digit: string): FileRef => ({
  name,
  type,
  bytes,
  sha256: digit.repeat(64),
})
const attachments = [
  ref('被害状況 地図.png', 'image/png', PICTURE.length, 'a'),
  ref('<img src=x onerror=alert(1)>.csv', 'text/csv', 340 * 1024, 'b'),
]
const scenario = {
  ...demoScenario,
  injects: [
    inject('asked', 1_000_000, {
      attachments,
      expects: { kind: 'file', types: ['text/csv', 'application/pdf'], maxKiB: 1_000 },
    }),
  ],
}
const came = continued(recordLedger(AT_MS, null, scenario), AT_MS, [
  ['send-inject', { team: 'finland', inject: 'asked' }],
])

async function inbox(ledger = came, lang: 'en' | 'et' | 'ja' = 'en') {
  const feed = recordedFeed(ledger, blue, AT_MS)
  const box = await showPage(<TeamPage team="finland" />, feed, {
    hash: '#/team/finland',
    lang,
    theme: 'light',
  })
  const tab = await until(() => box.querySelector<HTMLElement>('[role=tab][data-key=inbox]'))
  tab.click()
  ;(await until(() => box.querySelector<HTMLElement>('.inbox-item'))).click()
  await until(() => box.querySelector('.message .files'))
  return { box, feed }
}

function platformGives(give: (path: string) => Response): void {
  const { fetch } = globalThis
  globalThis.fetch = async (input) => give(String(input))
  onTestFinished(() => {
    globalThis.fetch = fetch
  })
}

/** Takes uploads in place of the platform; each waits until the test lets it go on. */
function takeUploads() {
  const sent: { method: string; path: string; body: File }[] = []
  const box: { sent: typeof sent; last: FakeRequest | null } = { sent, last: null }
  class FakeRequest {
    upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null } = { onprogress: null }
    onload: (() => void) | null = null
    onabort: (() => void) | null = null
    onerror: (() => void) | null = null
    responseText = ''
    private asked = { method: '', path: '' }
    open(method: string, path: string) {
      this.asked = { method, path }
    }
    setRequestHeader() {}
    send(body: File) {
      sent.push({ ...this.asked, body })
      box.last = this
    }
    abort() {
      this.onabort?.()
    }
    answer(content: unknown) {
      this.responseText = JSON.stringify(content)
      this.onload?.()
    }
  }
  const real = globalThis.XMLHttpRequest
  globalThis.XMLHttpRequest = FakeRequest as unknown as typeof XMLHttpRequest
  onTestFinished(() => {
    globalThis.XMLHttpRequest = real
  })
  return box
}

test('files of a message are there with name, kind and size; only a picture can be looked at', async () => {
  const asked: string[] = []
  platformGives((path) => {
    asked.push(path)
    return new Response(PICTURE, { headers: { 'content-type': 'image/png' } })
  })
  const { box } = await inbox()
  const files = box.querySelector('.message .files')
  expect(files?.querySelectorAll('li')).toHaveLength(2)
  expect(files?.textContent).toContain('<img src=x onerror=alert(1)>.csv')
  expect(files?.textContent).toContain('table (CSV) · 340 KiB')
  expect(box.querySelectorAll('.message img')).toHaveLength(0)
  // The name has its typeface, though the page is English.
  await until(() => [...document.fonts].some(({ family }) => family.includes('BIZ UDPGothic')))
  expect(await violations(box)).toEqual([])
  await page.getByRole('button', { name: 'Show 被害状況 地図.png' }).click()
  const picture = await until(() => box.querySelector<HTMLImageElement>('.file-picture'))
  expect(picture.src).toMatch(/^data:image\/png;base64,/)
  await until(() => picture.complete && picture.naturalWidth === 1)
  expect(asked.filter((path) => path.startsWith('/api/files'))).toEqual([`/api/files/${'a'.repeat(64)}`])
  expect(page.getByRole('button', { name: /^Show.*csv/ }).elements()).toHaveLength(0)
  await page.getByRole('button', { name: 'Hide 被害状況 地図.png' }).click()
  expect(box.querySelector('.file-picture')).toBeNull()
  expect(await violations(box)).toEqual([])
})

test('a file that does not come is said, and can be asked for again', async () => {
  platformGives(() => new Response('', { status: 404 }))
  const { box } = await inbox()
  await page.getByRole('button', { name: /^Save <img/ }).click()
  const alert = await until(() => box.querySelector('.files [role=alert]'))
  expect(alert.textContent).toBe('The file cannot be loaded now. Try again.')
  await expect.element(page.getByRole('button', { name: /^Save <img/ })).toBeEnabled()
})

test('an upload tells how far it is, is kept in the draft, and is handed in with the answer', async () => {
  const uploads = takeUploads()
  const { box, feed } = await inbox()
  await expect.element(page.getByRole('button', { name: 'Send the answer' })).toBeDisabled()
  expect(box.querySelector<HTMLInputElement>('input[type=file]')?.accept).toBe('.pdf,.csv')
  await userEvent.upload(page.getByLabelText('Choose a file'), new File(['a,b\n'], '被害.csv'))
  const request = await until(() => uploads.last)
  expect([uploads.sent[0]?.method, uploads.sent[0]?.path]).toEqual([
    'PUT',
    `/api/files?${new URLSearchParams({ inject: 'asked', name: '被害.csv' })}`,
  ])
  request.upload.onprogress?.({ loaded: 1, total: 4 })
  await expect.element(page.getByRole('progressbar', { name: 'Uploading 被害.csv: 25%' })).toBeVisible()
  expect(await violations(box)).toEqual([])
  const file = ref('被害.csv', 'text/csv', 4, 'c')
  request.answer({ ok: true, file })
  await until(() => feed.sent.some(({ type }) => type === 'save-draft'))
  expect(feed.sent.at(-1)).toEqual({
    type: 'save-draft',
    data: { team: 'finland', inject: 'asked', field: 'file', text: JSON.stringify(file) },
  })
})

test('what was uploaded is there after a reload, for the whole team', async () => {
  const file = ref('被害.csv', 'text/csv', 4, 'c')
  const data = { team: 'finland', inject: 'asked', field: 'file', text: JSON.stringify(file) }
  const { box, feed } = await inbox(continued(came, AT_MS, [['save-draft', data]]))
  expect(box.querySelector('.answer-form [role=status]')?.textContent).toBe(
    'Uploaded: 被害.csv. Send the answer to hand it in.',
  )
  expect(await violations(box)).toEqual([])
  await page.getByRole('button', { name: 'Send the answer' }).click()
  expect(feed.sent.at(-1)).toEqual({
    type: 'answer-inject',
    data: { team: 'finland', inject: 'asked', content: { kind: 'file', file }, seen: 0 },
  })
})

test.each(['{}', 'no json', '{"name":"x","type":"y","bytes":"9","sha256":"../../x"}'])(
  'a draft that says nothing of a file is none: %s',
  async (text) => {
    const data = { team: 'finland', inject: 'asked', field: 'file', text }
    await inbox(continued(came, AT_MS, [['save-draft', data]]))
    await expect.element(page.getByRole('button', { name: 'Send the answer' })).toBeDisabled()
  },
)

test('a refusal is said in the reader’s language, and a cancelled upload is no refusal', async () => {
  const uploads = takeUploads()
  const { box } = await inbox(came, 'et')
  const input = await until(() => box.querySelector<HTMLInputElement>('input[type=file]'))
  await userEvent.upload(input, new File(['x'], 'a.csv'))
  const first = await until(() => uploads.last)
  await page.getByRole('button', { name: 'Katkesta' }).click()
  expect(box.querySelector('.answer-form [role=alert]')).toBeNull()
  await userEvent.upload(input, new File(['x'], 'a.csv'))
  const second = await until(() => uploads.last !== first && uploads.last)
  second.answer({ ok: false, refusal: { code: 'file-too-large', message: 'no', params: { max: 1000 } } })
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('Selle sõnumi vastuseks sobib kuni 1000 KiB suurune fail.')
})
