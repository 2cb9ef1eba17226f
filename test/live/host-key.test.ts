import ssh2 from 'ssh2'
import { expect, test } from 'vitest'
import { goodKey } from '../../server/live/ssh/host-key.ts'

test('a key that can not be read is not kept: another is made', () => {
  const good = goodKey()
  const made = ['-----BEGIN OPENSSH PRIVATE KEY-----', 'nonsense', good]
  expect(goodKey(() => made.shift() ?? '')).toBe(good)
  expect(ssh2.utils.parseKey(good)).not.toBeInstanceOf(Error)
})
