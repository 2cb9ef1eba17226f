import { createHash, verify, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { useCard } from '../../infra/probe/src/card.ts'
import { verifyWebEid } from '../../infra/services/eid/src/web-eid.ts'
import { cardAuthority, here, population, probeHere } from './probe-here.ts'

const use = { person: '', origin: 'https://eid', nonce: 'a-nonce', certificate: 'authentication' } as const
const card = (holder: { code: string; given: string; family: string }, more = {}) =>
  useCard(here.cardAuthority, holder, { ...use, ...more })
const check = (token: string, more = {}) =>
  verifyWebEid(token, {
    origin: 'https://eid',
    nonce: 'a-nonce',
    authority: cardAuthority,
    now: new Date(),
    ...more,
  }).person

const somebody = (family: string) => {
  const person = population.land.persons.find((one) => one.family === family)
  if (!person) throw new Error(`nobody is called ${family}`)
  return person
}

describe('the virtual ID-card', () => {
  test.each(["O'Connor", 'Õunapuu', '山田', 'Saar-Tamm', 'van der Meer'])(
    'of somebody called %s logs in where Web eID tokens are checked',
    async (family) => {
      const person = somebody(family)
      const verified = check(await card(person))
      expect(verified).toMatchObject({ code: person.code, birth: person.birth, family: family.toUpperCase() })
    },
  )

  test('does not log in elsewhere, with another nonce, or with the signing certificate', async () => {
    const token = await card(somebody('Tamm'))
    expect(() => check(token, { origin: 'https://tax' })).toThrow('signed something else')
    expect(() => check(token, { nonce: 'another' })).toThrow('signed something else')
    const signing = await card(somebody('Tamm'), { certificate: 'signature' })
    expect(() => check(signing)).toThrow('not for authentication')
  })

  test('has the subject and the form that Estonian cards have', async () => {
    const { code, given } = somebody("O'Connor")
    const token = JSON.parse(await card(somebody("O'Connor"))) as Record<string, string>
    expect(token).toMatchObject({ format: 'web-eid:1.0', algorithm: 'ES256' })
    const certificate = new X509Certificate(Buffer.from(token.unverifiedCertificate ?? '', 'base64'))
    expect(certificate.subject.split('\n')).toEqual(
      expect.arrayContaining([
        `CN=O'CONNOR\\,${given.toUpperCase()}\\,${code}`,
        `serialNumber=PNOEE-${code}`,
        'C=EE',
      ]),
    )
  })

  test('signs a digest, always with the same key', async () => {
    const digest = createHash('sha256').update('to sign').digest()
    const run = () =>
      probeHere().run({
        script: {
          steps: [
            {
              card: {
                person: somebody('Tamm').code,
                origin: '',
                nonce: '',
                certificate: 'signature',
                digest: digest.toString('base64'),
              },
              deadlineMs: 1_000,
              capture: { signature: { json: '$.signature' }, certificate: { json: '$.certificate' } },
              remember: ['signature', 'certificate'],
            },
          ],
        },
      })
    const [one, two] = [await run(), await run()]
    const keys = [one, two].map(
      ({ remember }) => new X509Certificate(Buffer.from(remember.certificate ?? '', 'base64')).publicKey,
    )
    expect(keys[0]?.equals(keys[1] as NonNullable<(typeof keys)[0]>)).toBe(true)
    const signature = Buffer.from(one.remember.signature ?? '', 'base64')
    const key = { key: keys[0] as NonNullable<(typeof keys)[0]>, dsaEncoding: 'ieee-p1363' } as const
    expect(verify('sha256', digest, key, signature)).toBe(true)
  })

  test('of nobody is our fault', async () => {
    const steps = [{ card: { ...use, person: '39912310009' }, deadlineMs: 1_000 }]
    expect(await probeHere().run({ script: { steps } })).toMatchObject({
      outcome: 'fault',
      verdict: 'unknown',
    })
  })
})
