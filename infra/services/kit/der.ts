/** DER (ITU-T X.690) of the few structures for which the ASN.1 library has no class. */
export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size: number[] = []
  for (let rest = body.length; rest > 0; rest >>>= 8) size.unshift(rest & 0xff)
  const length = body.length < 0x80 ? [body.length] : [0x80 | size.length, ...size]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

export const octets = (value: Buffer): Buffer => der(0x04, value)

/** A small INTEGER, 0 to 127. */
export const integer = (value: number): Buffer => der(0x02, Buffer.from([value]))

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const arc = (value: number): number[] => {
    const groups = [value & 0x7f]
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80)
    return groups
  }
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(arc)))
}
