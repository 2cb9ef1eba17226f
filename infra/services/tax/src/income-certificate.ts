import type { Context } from 'hono'
import type { Database } from '../../kit/database.ts'
import { callerOf, recordUsage } from '../../kit/xroad-provider.ts'
import { TAX_YEAR } from './api.ts'
import { cents } from './calculation.ts'

const ACTION = {
  en: 'A certificate of income was issued at your request',
  et: 'Sinu soovil väljastati sissetulekutõend',
  ja: 'ご本人の請求により所得証明書が発行されました',
}

/**
 * Over X-Road, also from abroad: what employers paid a person in the last year. Asked with the person's consent, whose number must
 * be the X-Road-Issue. The certificate's number is that of the X-Road message, which proves it later.
 */
export async function incomeCertificate(c: Context, db: Database): Promise<Response> {
  const code = c.req.param('code') ?? ''
  if (!/^\d{11}$/.test(code)) return c.json({ error: 'This is not a personal code' }, 400)
  const caller = callerOf(c)
  if (!c.req.header('x-road-issue') || !caller.user)
    return c.json({ error: 'A certificate needs X-Road-UserId, and the consent in X-Road-Issue' }, 400)
  const { rows: payers } = await db.query<{ payer: string; gross: number; withheld: number }>(
    'select payer, gross, withheld from income where code = $1 and year = $2 order by payer',
    [code, TAX_YEAR],
  )
  if (payers.length === 0) return c.json({ error: 'No income is known of this person' }, 404)
  await recordUsage(db, caller, { subject: code, action: ACTION })
  const sum = (pick: (payer: (typeof payers)[number]) => number): number =>
    cents(payers.reduce((total, payer) => total + pick(payer), 0))
  return c.json({
    number: caller.messageId,
    code,
    year: TAX_YEAR,
    payers,
    gross: sum(({ gross }) => gross),
    withheld: sum(({ withheld }) => withheld),
    issued: new Date().toISOString(),
  })
}
