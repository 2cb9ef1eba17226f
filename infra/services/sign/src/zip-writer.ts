import { crc32 } from 'node:zlib'
import { CENTRAL, END, END_SIZE, LOCAL } from './zip-headers.ts'

/** Bit 11: names are UTF-8. */
const UTF8_FLAG = 0x0800
/** 1 January 2026, as DOS writes it: the year since 1980, month and day in the upper half. */
const MOMENT = ((46 << 9) | (1 << 5) | 1) << 16

/** A zip archive of these entries in this order, none compressed. (A library that takes them as an object can not keep the order of names like `1`.) */
export function writeZip(entries: readonly { readonly name: string; readonly data: Buffer }[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const path = Buffer.from(name)
    const about = fieldsOf(path, data)
    const local = Buffer.concat([signature(LOCAL), about, Buffer.alloc(2), path, data])
    const rest = Buffer.alloc(16)
    rest.writeUInt32LE(offset, 12)
    directory.push(Buffer.concat([signature(CENTRAL), about.subarray(0, 2), about, rest, path]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(END_SIZE)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

function signature(kind: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(kind)
  return four
}

/** Version to length of the name: the same 24 bytes in both headers. */
function fieldsOf(path: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(24)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(UTF8_FLAG, 2)
  fields.writeUInt32LE(MOMENT >>> 0, 6)
  fields.writeUInt32LE(crc32(data), 10)
  fields.writeUInt32LE(data.length, 14)
  fields.writeUInt32LE(data.length, 18)
  fields.writeUInt16LE(path.length, 22)
  return fields
}
