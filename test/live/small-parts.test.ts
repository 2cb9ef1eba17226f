import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameSite } from '../../server/live/http/same-site.ts'
import { allowance, rateLimit, rateLimitPerAddress } from '../../server/live/rate.ts'
import { openScrollback } from '../../server/live/scrollback.ts'

describe('same site', () => {
  it('knows its own names when bound to one address', () => {
    const allowed = sameSite('192.168.7.5')
    expect(allowed('192.168.7.5:4600', undefined)).toBe(true)
    expect(allowed('localhost:4600', 'http://127.0.0.1:4600')).toBe(true)
    expect(allowed('[::1]:4600', undefined)).toBe(true)
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '192.168.7.5.evil.example',
      '',
      'a b',
      undefined,
    ])
      expect(allowed(host, undefined), String(host)).toBe(false)
    for (const origin of ['http://evil.example', 'null', 'file://', ''])
      expect(allowed('localhost:4600', origin), origin).toBe(false)
  })

  it('knows the name under which a proxy serves it', () => {
    const allowed = sameSite('127.0.0.1', 'https://range.example')
    expect(allowed('range.example', 'https://range.example')).toBe(true)
    expect(allowed('127.0.0.1:4600', undefined)).toBe(true)
    expect(allowed('127.0.0.1:4600', 'https://range.example')).toBe(true)
    expect(allowed('range.example', 'https://evil.example')).toBe(false)
    expect(allowed('evil.example', undefined)).toBe(false)
  })

  it('lets any name in when bound to all addresses, but only pages of that very host', () => {
    for (const allowed of [sameSite('0.0.0.0'), sameSite('::')]) {
      expect(allowed('range.example:4600', undefined)).toBe(true)
      expect(allowed('range.example:4600', 'http://range.example:4600')).toBe(true)
      expect(allowed('range.example:4600', 'http://range.example:80')).toBe(false)
      expect(allowed('range.example:4600', 'http://evil.example:4600')).toBe(false)
      expect(allowed(undefined, undefined)).toBe(false)
    }
  })
})

describe('rate limit', () => {
  it('allows a burst, then so many a second, however the time is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3_000 }), { maxLength: 200 }), (waits) => {
        let now = 0
        const limit = rateLimit(2, 5, () => now)
        let taken = 0
        for (const wait of waits) {
          now += wait
          if (limit.take()) taken += 1
          expect(taken).toBeLessThanOrEqual(5 + (now / 1_000) * 2 + 1e-6)
        }
      }),
    )
    let now = 0
    const limit = rateLimit(2, 5, () => now)
    expect(Array.from({ length: 7 }, () => limit.take())).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ])
    now = 500
    expect([limit.take(), limit.take()]).toEqual([true, false])
  })

  it('keeps addresses apart', () => {
    const limit = rateLimitPerAddress(1, 1, () => 0)
    expect([limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([true, false, true])
  })
})

describe('allowance', () => {
  it('lets nobody who waits for what is owed have more than the burst, one last spending and so much a second', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 100 }), (spendings) => {
        let now = 0
        let spent = 0
        const some = allowance(100, 500, () => now)
        for (const spending of spendings) {
          now += some.owesMs()
          expect(some.owesMs()).toBe(0)
          some.spend(spending)
          spent += spending
          expect(spent).toBeLessThanOrEqual(500 + 900 + (now / 1_000) * 100)
        }
      }),
    )
  })
})

describe('scrollback', () => {
  it('is the end of all that was added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        (chunks, limit) => {
          const scrollback = openScrollback(limit)
          for (const chunk of chunks) scrollback.add(Buffer.from(chunk))
          expect(scrollback.bytes()).toEqual(Buffer.concat(chunks).subarray(-limit))
        },
      ),
    )
  })
})
