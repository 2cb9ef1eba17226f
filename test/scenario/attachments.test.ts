import { createHash } from 'node:crypto'
import { rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MOST_FILE_BYTES } from '../../server/exercise/scenario/file-types.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { type Edit, fixture } from './fixture.ts'
import { inject, pointed, timelineOf } from './timeline-fixture.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const file = (path: string, content: string | Buffer): Edit => ({ file: `scenario/${path}`, content })
const withFiles = (paths: readonly string[], ...files: readonly Edit[]) =>
  timelineOf([inject('a', `at: 1m, attachments: [${paths.join(', ')}]`)], '', ...files)

test('files of the scenario folder are named in the message with their hash, and are in that of the scenario', async () => {
  const made = await withFiles(
    ['injects/map.png', 'injects/被害.csv'],
    file('injects/map.png', PNG),
    file('injects/被害.csv', '名前,件数\n'),
  )
  const { scenario, attached, files } = await loadScenario(made.scenario, { infra: made.infra })
  const sha256 = createHash('sha256').update(PNG).digest('hex')
  expect(scenario.injects[0]?.attachments).toEqual([
    { name: 'map.png', type: 'image/png', bytes: PNG.length, sha256 },
    expect.objectContaining({ name: '被害.csv', type: 'text/csv' }),
  ])
  expect(attached?.map(({ path, place }) => [path, place])).toEqual([
    ['injects/map.png', join(made.scenario, 'injects/map.png')],
    ['injects/被害.csv', join(made.scenario, 'injects/被害.csv')],
  ])
  expect(files['scenario/injects/map.png']).toBe(sha256)
})

describe('what can not be attached', () => {
  test.each<readonly [name: string, path: string, files: readonly Edit[], says: string]>([
    [
      'what is not there, with the nearest',
      'injects/mpa.png',
      [file('injects/map.png', PNG)],
      'file-missing there is no file `injects/mpa.png` in the scenario folder; did you mean `injects/map.png`?',
    ],
    [
      'a page',
      'a.html',
      [file('a.html', '<p>')],
      'not-attachable `a.html` is of no kind that can be attached: png, jpg, jpeg, pdf, txt, md, csv, ics, pcap',
    ],
    [
      'a page that says it is a picture',
      'a.png',
      [file('a.png', '<!doctype html>')],
      'not-attachable the content of `a.png` is not what the end of its name says',
    ],
    ['nothing', 'a.txt', [file('a.txt', '')], 'not-attachable `a.txt` is empty'],
    [
      'more than 5 MiB',
      'a.txt',
      [file('a.txt', 'a'.repeat(MOST_FILE_BYTES + 1))],
      'file-too-big `a.txt` has 5 MiB; an attachment has at most 5 MiB',
    ],
    ['a folder', 'a.txt', [file('a.txt/b', 'b')], 'file-unreadable `a.txt` is not a file'],
    [
      'a file of a service',
      'services/a.txt',
      [file('services/a.txt', 'b')],
      'not-hashed `services/` is no part of the scenario itself; put the file elsewhere, e.g. in `injects/`',
    ],
  ])('%s', async (_, path, files, says) => {
    const found = await pointed(await withFiles([path], ...files))
    expect(found).toContainEqual([says, expect.stringMatching(new RegExp(`^${path}`))])
  })

  test.each(['../secret.txt', '/etc/passwd', 'a/../../b.txt', '.env', 'a//b.txt', 'a\\b.txt'])(
    'a way out of the folder: %s',
    async (path) => {
      const found = await pointed(await withFiles([`'${path}'`]))
      expect(found.map(([says]) => says)).toEqual([
        'bad-value an attachment is a file of the scenario folder, e.g. `injects/map.png`',
      ])
    },
  )

  test('what a link leads to, be it the file or its folder', async () => {
    const made = await withFiles(['in/a.txt', 'b.txt'], file('in/a.txt', 'a'), file('b.txt', 'b'))
    await rename(join(made.scenario, 'in'), join(made.root, 'out'))
    await symlink(join(made.root, 'out'), join(made.scenario, 'in'))
    await rename(join(made.scenario, 'b.txt'), join(made.root, 'b.txt'))
    await symlink(join(made.root, 'b.txt'), join(made.scenario, 'b.txt'))
    const says = (await pointed(made)).map(([said]) => said)
    expect(says).toContain(
      'symbolic-link `in/a.txt` leads elsewhere by a symbolic link; put the file itself here',
    )
    expect(says).toContain(
      'symbolic-link `b.txt` leads elsewhere by a symbolic link; put the file itself here',
    )
    await expect(loadScenario(made.scenario, { infra: made.infra })).rejects.toThrow()
  })

  test('the same twice in one message; in two messages it may be', async () => {
    const made = await timelineOf(
      [inject('a', 'at: 1m, attachments: [x.txt, x.txt]'), inject('b', 'at: 1m, attachments: [x.txt]')],
      '',
      file('x.txt', 'x'),
    )
    expect((await pointed(made)).map(([says]) => says)).toEqual(['duplicate-id `x.txt` is there already'])
  })
})

test('what people read is by language: the one without a code is in the first', async () => {
  const made = await fixture(
    file('briefing.md', '# Hello'),
    file('briefing.et.md', '# Tere'),
    file('briefing.notes.md', 'no'),
    file('instructor.md', 'secret'),
  )
  const { pages } = await loadScenario(made.scenario, { infra: made.infra })
  expect(pages).toEqual({
    first: 'en',
    briefing: { en: '# Hello', et: '# Tere' },
    instructor: { en: 'secret' },
  })
})
