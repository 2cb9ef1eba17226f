import { isIban } from '../../kit/nation/codes.ts'

/** An account number without spaces when it is one, else null. */
export function readIban(text: unknown): string | null {
  const iban = String(text ?? '')
    .replace(/\s/g, '')
    .toUpperCase()
  return isIban(iban) ? iban : null
}
