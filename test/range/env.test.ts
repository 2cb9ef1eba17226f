import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fillSecrets, fillTemplate, namedSecrets, secretsOf } from '../../server/range/enclave/env.ts'

const secrets = secretsOf('seed', 'x1', 'est')
const pem = (line: string) => Buffer.from(line, 'base64').toString()

describe('secrets of an enclave', () => {
  test('are the same for the same exercise and team, and differ for any other', () => {
    expect(secretsOf('seed', 'x1', 'est').secret('db')).toBe(secrets.secret('db'))
    const others = [
      secretsOf('seed', 'x1', 'lva'),
      secretsOf('seed', 'x2', 'est'),
      secretsOf('other', 'x1', 'est'),
    ]
    for (const other of others) expect(other.secret('db')).not.toBe(secrets.secret('db'))
    expect(secrets.secret('db2')).not.toBe(secrets.secret('db'))
    expect(secrets.secret('db')).toMatch(/^[0-9a-f]{48}$/)
  })
  test('a key pair is P-256, on one line, and its halves belong together', () => {
    const line = secrets.privateKey('tax')
    expect(line).not.toContain('\n')
    const key = createPrivateKey(pem(line))
    expect(key.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    const spki = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
    expect(pem(secrets.publicKey('tax'))).toBe(spki)
    expect(secrets.publicKey('card-ca')).not.toBe(secrets.publicKey('tax'))
    expect(secrets.privateKey('tax')).toBe(line)
  })
})

describe('templates', () => {
  test('of a service’s environment are all filled', () => {
    const text = 'postgres://{{ team }}:{{secret:db-tax}}@db/{{seed}}?k={{public-key:tax}}&s={{services}}'
    const around = { team: 'est', seed: secrets.seed, services: 'registry-db,tax' }
    expect(fillTemplate(text, around, secrets)).toBe(
      `postgres://est:${secrets.secret('db-tax')}@db/${secrets.seed}?k=${secrets.publicKey('tax')}&s=registry-db,tax`,
    )
  })
  test('of a command: only secrets, everywhere, the rest stays', () => {
    const command = ['{{secret:x}}', 7, null, { b: 'Bearer {{secret:x}} {{canary}} {{team}}' }]
    const secret = secrets.secret('x')
    expect(fillSecrets(command, secrets)).toEqual([
      secret,
      7,
      null,
      { b: `Bearer ${secret} {{canary}} {{team}}` },
    ])
  })
  test('of a script go to the probe by name, with a filter or without', () => {
    const script = {
      a: ['{{secret:x | base64}}', '{{ public-key:tax }}'],
      b: { c: '{{canary}} {{secret:x}}' },
    }
    expect(namedSecrets(script, secrets)).toEqual({
      'secret:x': secrets.secret('x'),
      'public-key:tax': secrets.publicKey('tax'),
    })
  })
})
