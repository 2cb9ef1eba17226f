import { expect, test } from 'vitest'
import { changedIn, namedIn } from '../../web/team-room/cases/suspect.ts'

const evidence = (received: string) => ({ step: '3: http GET /', sent: '', received, expected: '', ms: 1 })

test('evidence names the source of a trace, as the team has it, at its line', () => {
  const trace = 'TypeError: x\n    at read (file:///srv/.run/app/src/store/letters.js:42:7)'
  expect(namedIn(evidence(trace))).toBe('store/letters.ts:42')
  expect(namedIn(evidence('see /srv/app/src/main.ts'))).toBe('main.ts')
  expect(namedIn(evidence('HTTP/1.1 200 main.ts:12 /srv/kit/http.ts:3'))).toBeNull()
  expect(namedIn(null)).toBeNull()
})

test('what no source may be called is none, whatever the answer of a service says', () => {
  expect(namedIn(evidence('/srv/app/src/../../../etc/passwd.ts:1'))).toBeNull()
  expect(namedIn(evidence('/srv/app/src/.git/hooks.ts:1'))).toBeNull()
  expect(changedIn('+++ b/../x.ts\n@@ -1 +1 @@\n')).toBeNull()
})

test('of own changes the first file that is still there, where the first of them begins', () => {
  const gone = '--- a/old.ts\n+++ /dev/null\n@@ -1,3 +0,0 @@\n-a\n'
  const kept = '--- a/search.ts\n+++ b/search.ts\n@@ -9,7 +10,7 @@ const\n-a\n+b\n@@ -90,1 +91,1 @@\n'
  expect(changedIn(`${gone}${kept}`)).toBe('search.ts:10')
  expect([changedIn(gone), changedIn('')]).toEqual([null, null])
})
