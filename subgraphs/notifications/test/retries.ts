import { takenAddressRegistered } from '../../shared/contracts/users.js'
import { newId, uuidToId } from '../../shared/ids/type-id.js'
import { eventually } from '../../shared/test/eventually.js'
import { createMessageStore } from '../store/messages.js'
import type { PipelineKit } from './pipeline-kit.js'

/** Lets the time until a message's next try pass, and has the next round begin at once. */
export async function letPass(kit: PipelineKit, uuid: string): Promise<void> {
  await eventually(async () => {
    const moved = await kit.owner.client`update notifications.messages set next_attempt_at = now()
      where id = ${uuid} and status = 'QUEUED' and tries > 0 returning id`
    return moved.length > 0
  })
  await wakeDispatcher(kit)
}

/** Tells it of somebody who is not there. */
export const wakeDispatcher = (kit: PipelineKit): Promise<unknown> =>
  kit.tell(takenAddressRegistered, { userId: newId('usr') })

/** Seconds from each failed try to the next, as they were planned. */
export async function gapsOf(kit: PipelineKit, uuid: string): Promise<number[]> {
  const attempts = await createMessageStore(kit.owner.db).listAttempts([uuidToId('ntf', uuid)])
  return attempts.flatMap(({ at, nextAttemptAt }) =>
    nextAttemptAt ? [(nextAttemptAt.getTime() - at.getTime()) / 1000] : [],
  )
}
