import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Contract } from './contracts.ts'

/** Writes to the mailbox of who is invited, over X-Road, where the state has a portal. What fails is logged: the contract is on the partner's list anyway. */
export async function notify(
  xroad: XroadClient,
  { id, title, ownerName, owner }: Contract,
  partner: string,
): Promise<void> {
  if (!process.env.SERVICES?.split(',').includes('portal')) return
  try {
    const { status } = await xroad({
      service: 'portal/notices',
      method: 'POST',
      user: owner,
      issue: `contract ${id}`,
      json: {
        code: partner,
        subject: title,
        body: `${ownerName} invites you to sign a contract. Kutse lepingut allkirjastada. 契約への署名のお願い：http://sign/contracts/${id}`,
      },
    })
    if (status >= 300) console.error(`the portal answers ${status} to a notice for contract ${id}`)
  } catch (error) {
    console.error(`no notice for contract ${id}: ${String(error)}`)
  }
}
