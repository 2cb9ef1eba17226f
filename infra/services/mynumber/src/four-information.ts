import 'reflect-metadata'
import { AsnConvert, AsnUtf8StringConverter } from '@peculiar/asn1-schema'
import { GeneralName, OtherName, SubjectAlternativeName } from '@peculiar/asn1-x509'
import * as x509 from '@peculiar/x509'

/** What identifies a resident beside the number. */
export interface FourInformation {
  readonly name: string
  readonly address: string
  /** `YYYY-MM-DD` */
  readonly birth: string
  readonly sex: 'M' | 'F'
}

/** Names of the four in the subject's alternative names (JPKI's own arc). */
const OIDS: Readonly<Record<keyof FourInformation, string>> = {
  name: '1.2.392.200149.8.5.5.1',
  sex: '1.2.392.200149.8.5.5.3',
  birth: '1.2.392.200149.8.5.5.4',
  address: '1.2.392.200149.8.5.5.5',
}
const FIELDS = Object.keys(OIDS) as readonly (keyof FourInformation)[]
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'

/** The extension of a signature certificate that says who signs. */
export function fourInformationExtension(person: FourInformation): x509.Extension {
  const names = FIELDS.map((field) => {
    const value = AsnUtf8StringConverter.toASN(person[field]).toBER()
    return new GeneralName({ otherName: new OtherName({ typeId: OIDS[field], value }) })
  })
  return new x509.Extension(
    SUBJECT_ALTERNATIVE_NAME,
    false,
    AsnConvert.serialize(new SubjectAlternativeName(names)),
  )
}

/** Reads the four out of a certificate (DER); null when it holds none. */
export function readFourInformation(der: Buffer): FourInformation | null {
  const extension = new x509.X509Certificate(der).getExtension(SUBJECT_ALTERNATIVE_NAME)
  if (!extension) return null
  const names = AsnConvert.parse(extension.value, SubjectAlternativeName)
  const read = (field: keyof FourInformation): string | undefined => {
    const found = names.find(({ otherName }) => otherName?.typeId === OIDS[field])?.otherName
    return found && utf8(Buffer.from(found.value))
  }
  const [name, sex, birth, address] = [read('name'), read('sex'), read('birth'), read('address')]
  if (!name || !address || !birth || (sex !== 'M' && sex !== 'F')) return null
  return { name, address, birth, sex }
}

/** The text of a DER UTF8String. */
function utf8(der: Buffer): string {
  const long = (der[1] ?? 0) & 0x80 ? (der[1] ?? 0) & 0x7f : 0
  return der.subarray(2 + long).toString('utf8')
}
