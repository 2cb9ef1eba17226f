import { expect, test } from 'vitest'
import { indicatorsReported } from '#exercise/scoring/indicators.ts'

const attack = {
  evidence: {
    step: '2: http GET /help',
    sent: 'GET http://tax/help/.%2f..%2fdeploy%2fid_deploy from 10.20.0.7',
    received: 'BEGIN OPENSSH PRIVATE KEY',
    expected: '200',
    ms: 3,
  },
  closedEvidence: null,
  loot: { key: 'b3BlbnNzaC1rZXk' },
}
type Known = Parameters<typeof indicatorsReported>[1]
const indicatorsSeen = (indicators: string, known: Known, service: string) =>
  indicatorsReported({ indicators, service }, known)
const of = (text: string) => indicatorsSeen(text, attack, 'tax')

test('an address, a path, and what was carried off are indicators, however they are punctuated', () => {
  expect(of('From 10.20.0.7: asked for (.%2f..%2fdeploy%2fid_deploy).')).toMatchObject({ named: 2, seen: 2 })
  expect(of('They have B3BLBNNZAC1RZXK')).toMatchObject({ named: 1, seen: 1 })
})

test('words of a language, the service itself, and parts of what is named already are none', () => {
  expect(of('the private openssh key of the tax at http://tax')).toMatchObject({ named: 0, seen: 0 })
  expect(of('id_deploy %2fid_deploy deploy%2fid_deploy')).toMatchObject({ named: 1, seen: 1 })
})

test('what was not there is named and not seen; a text of 4,000 characters is read at once', () => {
  expect(of('192.168.7.7')).toMatchObject({ named: 1, seen: 0 })
  const began = performance.now()
  of('a1/b.c-d '.repeat(450) + Array.from({ length: 500 }, (_, n) => `x${n}.y`).join(' '))
  expect(performance.now() - began).toBeLessThan(500)
})

test('what stands in every request is no indicator, and one that there is alone is enough', () => {
  const plain = {
    evidence: {
      step: 'steps.0: Somebody else reads it: http GET http://ferry/tickets/8',
      sent: 'GET http://ferry/tickets/8?key=0000 HTTP/1.1\nhost: ferry\naccept-language: et-EE',
      received: '200\ncontent-type: application/json\n{"number":"8","sailing":"noon","price":12.5}',
      expected: '',
      ms: 2,
    },
    closedEvidence: null,
  }
  expect(indicatorsSeen('content-type application/json http/1.1 et-EE steps.0', plain, 'ferry').seen).toBe(0)
  expect(indicatorsSeen('http://ferry/tickets/8?key=0000', plain, 'ferry')).toEqual({
    named: 1,
    seen: 1,
    there: 1,
  })
})

test('of a text that names a great many, the first hundred are looked at', () => {
  const many = Array.from({ length: 150 }, (_, n) => `no-${n + 1000}`)
  expect(of([...many, '10.20.0.7'].join(' '))).toMatchObject({ named: 100, seen: 0 })
  expect(of(['10.20.0.7', ...many].join(' '))).toMatchObject({ named: 100, seen: 1 })
})
