import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { dayScenario, text } from './day-scenario.ts'
import { dataFolder, type KilpProcess, removeLeft, startKilp, until } from './kilp-process.ts'

/** What people do on an exercise day, by public interfaces alone, beside real containers: messages come, are answered in time, late or not at all, graded, and make points. */
const data = dataFolder()
const scenario = dayScenario(data.folder)
let kilp: KilpProcess
let _exerciseId = ''
let teams: readonly string[] = []
const tokens = new Map<string, string>()

const as = (seat: string) => tokens.get(seat) ?? ''
const give = (seat: string, type: string, body: object, name?: string) =>
  kilp.command(as(seat), type, body, name)
const events = (seat = 'white'): Promise<readonly Recorded[]> => kilp.ledger(as(seat))
const came = async (type: string, team: string, inject: string): Promise<boolean> =>
  (await events()).some(
    ({ type: one, data: of }) =>
      one === type && 'inject' in of && of.inject === inject && 'team' in of && of.team === team,
  )
const points = async (team: string, category: 'strategic' | 'forensics') =>
  (await kilp.exercise()).teams.find(({ id }) => id === team)?.score.categories[category]
const strategic = (team: string) => points(team, 'strategic')
/** Lets what is held ready come to the first team, and waits until it has. */
const fired = async (inject: string) => {
  const [team = ''] = teams
  expect((await give('white', 'fire-entry', { kind: 'inject', id: inject, team })).status).toBe(200)
  await until('it came', 20_000, () => came('inject.sent', team, inject))
  return team
}
const answer = (team: string, inject: string, words: string, seen = 0) =>
  give(team, 'answer-inject', { team, inject, content: { kind: 'text', text: words }, seen })
const grade = (team: string, inject: string, facts: number, more: object = {}) =>
  give('white', 'grade-inject', {
    team,
    inject,
    criteria: { facts, tone: 1 },
    comment: '',
    final: false,
    seen: 1,
    ...more,
  })

beforeAll(async () => {
  kilp = await startKilp(data.folder, ['--scenario', scenario, '--speed', '2'])
  const exercise = await kilp.exercise()
  _exerciseId = exercise.id
  teams = exercise.teams.map(({ id }) => id)
  for (const { seat, team, token } of await kilp.seats()) tokens.set(team ?? seat, token)
  await until('running', 240_000, async () => (await kilp.exercise()).phase === 'running')
}, 300_000)

afterAll(async () => {
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  data.remove()
})

describe('a day with people', () => {
  test('a message comes to every team, is written together, and answered in time by one', async () => {
    const [first = '', second = ''] = teams
    for (const team of teams) await until('it came', 60_000, () => came('inject.sent', team, 'press-asks'))
    const draft = (words: string) =>
      give(first, 'save-draft', { team: first, inject: 'press-asks', field: 'text', text: words })
    expect((await draft('We kn')).status).toBe(200)
    expect((await draft('We know, and we are at it.')).status).toBe(200)
    const sent = await answer(first, 'press-asks', '<script>alert(1)</script> We know, and we are at it.')
    expect(sent.status).toBe(200)
    // Another team, and those who watch, learn that there is an answer, and no word of it.
    for (const seat of [second, 'observer', 'guest'])
      expect(JSON.stringify(await events(seat))).not.toMatch(/We know|What has happened\?.*first/)
    expect((await answer(first, 'press-asks', 'Twice')).body).toMatchObject({
      refusal: { code: 'no-longer-so' },
    })
    expect((await answer(second, 'no-such', 'x')).body).toMatchObject({ refusal: { code: 'unknown-inject' } })
    expect((await give(second, 'grade-inject', { team: second })).status).toBe(400)
    expect((await grade(first, 'press-asks', 9)).body).toMatchObject({ refusal: { code: 'bad-grade' } })
  })

  test('it is worth nothing until somebody grades it, and then what the grade says', async () => {
    const [first = ''] = teams
    expect(await strategic(first)).toEqual({ points: 0, possible: 0 })
    expect((await grade(first, 'press-asks', 2)).status).toBe(200)
    const score = await strategic(first)
    expect(score?.possible).toBeCloseTo(1_000 / 3, 0)
    expect(score?.points).toBeCloseTo((1_000 / 3) * 0.75, 0)
  })

  test('who did not answer is asked again, and a late answer counts half', { timeout: 120_000 }, async () => {
    const [first = '', second = ''] = teams
    await until('they insist', 90_000, () => came('inject.sent', second, 'press-insists'))
    expect(await came('inject.sent', first, 'press-insists')).toBe(false)
    expect((await strategic(second))?.possible).toBeCloseTo(1_000 / 3, 0)
    expect((await answer(second, 'press-asks', 'Sorry, here it is.')).status).toBe(200)
    expect((await strategic(second))?.possible).toBe(0)
    expect((await grade(second, 'press-asks', 3)).status).toBe(200)
    expect((await strategic(second))?.points).toBeCloseTo(1_000 / 6, 0)
  })

  test('what is held ready comes when white says so, to whom white says', { timeout: 60_000 }, async () => {
    const [first = '', second = ''] = teams
    const fire = { kind: 'inject', id: 'held-ready', team: first }
    expect((await give(first, 'fire-entry', fire)).status).toBe(403)
    expect((await give('white', 'fire-entry', fire)).status).toBe(200)
    await until('it came', 20_000, () => came('inject.sent', first, 'held-ready'))
    expect(await came('inject.sent', second, 'held-ready')).toBe(false)
  })

  test('what white holds does not come, whoever asks for it, until it is let go', {
    timeout: 60_000,
  }, async () => {
    const [, second = ''] = teams
    const change = (kind: string, seen: number, seat = 'white') =>
      give(seat, 'change-entry', {
        kind: 'inject',
        id: 'held-ready',
        team: second,
        change: { kind },
        seen,
      })
    const seen = (await events()).filter(
      ({ type, data: of }) => /^entry\.(fired|changed)$/.test(type) && 'id' in of && of.id === 'held-ready',
    ).length
    expect((await change('hold', seen)).status).toBe(200)
    expect((await change('release', seen + 1, second)).status).toBe(403)
    expect((await change('release', seen + 1)).status).toBe(200)
    const fire = { kind: 'inject', id: 'held-ready', team: second }
    expect((await give('white', 'fire-entry', fire)).status).toBe(200)
    await until('it came', 20_000, () => came('inject.sent', second, 'held-ready'))
  })

  test('what white adds and edits on the spot comes live as it was edited, and two who grade are heard both', {
    timeout: 60_000,
  }, async () => {
    const [first = ''] = teams
    const socket = io(kilp.url, {
      transports: ['websocket'],
      auth: { token: as(first) },
      reconnection: false,
    })
    const heard: Recorded[] = []
    socket.on('events', (batch: { readonly events: readonly Recorded[] }) => heard.push(...batch.events))
    await new Promise<void>((joined, fail) => socket.once('welcome', joined).once('connect_error', fail))
    try {
      const entry = {
        kind: 'inject',
        like: 'press-asks',
        title: text('Parliament asks'),
        text: text('As it was first'),
        from: text('Parliament'),
        channel: 'letter',
        roles: ['legal'],
        wants: 'text',
        withinMs: 60_000,
        counts: true,
      }
      const added = { id: 'parliament', atMs: null, teams: [first], entry }
      expect((await give(first, 'add-entry', added)).status).toBe(403)
      expect((await give('white', 'add-entry', added)).status).toBe(200)
      const edit = { kind: 'edit', text: text('As it was edited') }
      const change = { kind: 'inject', id: 'parliament', team: null, change: edit, seen: 1 }
      expect((await give('white', 'change-entry', change)).status).toBe(200)
      await fired('parliament')
      await until('it came live', 10_000, async () =>
        heard.some(({ type, data: of }) => type === 'inject.sent' && of.inject === 'parliament'),
      )
      expect(JSON.stringify(heard)).toContain('As it was edited')
      expect(JSON.stringify(heard)).not.toContain('As it was first')
    } finally {
      socket.close()
    }
    expect((await answer(first, 'parliament', 'All is said.')).status).toBe(200)
    const graded = async (name: string, facts: number) => {
      const body = { team: first, inject: 'parliament', criteria: { facts, tone: 1 } }
      const more = { comment: name, final: false, seen: 1 }
      expect((await give('white', 'grade-inject', { ...body, ...more }, name)).status).toBe(200)
      return (await strategic(first))?.points ?? 0
    }
    const one = await graded('Mari', 3)
    const two = await graded('Kenji', 1)
    // A quarter of the points: all of it by one, half of it by the other.
    expect(one - two).toBeCloseTo(1_000 / 4 / 4, 0)
    const grades = (await events()).filter(
      ({ type, data: of }) => type === 'inject.graded' && of.inject === 'parliament',
    )
    expect(grades.map(({ data: of }) => ('by' in of && of.by && 'name' in of.by ? of.by.name : ''))).toEqual([
      'Mari',
      'Kenji',
    ])
  })

  test('a question is answered at the second try with a hint; the right answer is in nobody’s ledger before', {
    timeout: 60_000,
  }, async () => {
    const team = await fired('police-ask')
    for (const seat of ['white', team, 'guest'])
      expect(JSON.stringify(await events(seat))).not.toMatch(/heron/i)
    const attempt = (words: string, seen: number) =>
      give(team, 'try-question', { team, inject: 'police-ask', text: words, seen })
    expect((await attempt('postgres', 0)).status).toBe(200)
    expect((await give(team, 'take-question-hint', { team, inject: 'police-ask', level: 1 })).status).toBe(
      200,
    )
    expect((await attempt('ＧＲＥＹ  Heron', 1)).status).toBe(200)
    const score = await points(team, 'forensics')
    expect(score?.possible).toBeCloseTo(100, 0)
    expect(score?.points).toBeGreaterThan(0)
    expect(score?.points).toBeLessThan(100)
    expect((await attempt('grey heron', 2)).status).toBe(200)
    expect(await points(team, 'forensics')).toEqual(score)
  })

  test('a file with a Japanese name is handed in, fetched by white, by nobody else, and graded', {
    timeout: 60_000,
  }, async () => {
    const team = await fired('list-wanted')
    const [, second = ''] = teams
    const ask = (seat: string, path: string, more: RequestInit = {}) =>
      fetch(`${kilp.url}/api/files${path}`, {
        ...more,
        headers: { authorization: `Bearer ${as(seat)}`, 'content-type': 'application/octet-stream' },
      })
    const query = new URLSearchParams({ inject: 'list-wanted', name: '被害一覧.csv' })
    const sent = await ask(team, `?${query}`, { method: 'PUT', body: '名前,件数\n税,3\n' })
    expect(sent.status).toBe(200)
    const { file } = (await sent.json()) as { file: { sha256: string } }
    const content = { kind: 'file', file }
    const body = { team, inject: 'list-wanted', content, seen: 0 }
    expect((await give(team, 'answer-inject', body)).status).toBe(200)
    expect(await (await ask('white', `/${file.sha256}`)).text()).toBe('名前,件数\n税,3\n')
    for (const seat of [second, 'observer', 'guest'])
      expect((await ask(seat, `/${file.sha256}`)).status).toBe(404)
    const { points: before = 0 } = (await points(team, 'forensics')) ?? {}
    expect((await grade(team, 'list-wanted', 3)).status).toBe(200)
    expect((await points(team, 'forensics'))?.points).toBeCloseTo(before + 100, 0)
  })

  test('a report of what never happened is graded as that, appealed, and answered', async () => {
    const [first = '', second = ''] = teams
    const fields = {
      service: 'tax',
      noticedMs: 0,
      technique: 'T1190',
      indicators: 'GET /wp-login.php',
      actions: 'We watch.',
      confidence: 'low',
    }
    const filed = await give(first, 'file-report', { team: first, report: 'R1', fields, seen: 0 })
    expect(filed.status).toBe(200)
    for (const seat of [second, 'observer', 'guest'])
      expect(JSON.stringify(await events(seat))).not.toContain('wp-login')
    const graded = {
      team: first,
      report: 'R1',
      match: false,
      criteria: {},
      comment: 'Not in any log.',
      final: false,
      seen: 1,
    }
    expect((await give(second, 'grade-report', graded)).status).toBe(403)
    expect((await give('white', 'grade-report', graded)).status).toBe(200)
    const subject = { kind: 'report', id: 'R1' }
    expect((await give(first, 'make-appeal', { team: first, subject, text: 'We saw it.' })).status).toBe(200)
    const reply = { team: first, appeal: 'A1', text: 'It was the probe.', outcome: 'upheld' }
    expect((await give(first, 'answer-appeal', reply)).status).toBe(403)
    expect((await give('white', 'answer-appeal', reply)).status).toBe(200)
    expect(JSON.stringify(await events(first))).toContain('It was the probe.')
    expect(JSON.stringify(await events(second))).not.toContain('It was the probe.')
  })

  test('a cut cable is nobody’s doing: everybody is told, it ends by itself, and costs nothing', {
    timeout: 90_000,
  }, async () => {
    const [first = ''] = teams
    expect((await give('white', 'fire-entry', { kind: 'world', id: 'cable-cut', team: first })).status).toBe(
      200,
    )
    const world = async () =>
      (await events('guest')).filter(({ type }) => type.startsWith('world.')).map(({ type }) => type)
    await until('it ended', 60_000, async () => (await world()).length === 2)
    expect(await world()).toEqual(['world.began', 'world.ended'])
    await until('the register answers again', 40_000, async () => {
      const team = (await kilp.exercise()).teams.find(({ id }) => id === first)
      return team?.services.find(({ id }) => id === 'population')?.verdict === 'up'
    })
  })
})
