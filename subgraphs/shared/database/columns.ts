import { customType } from 'drizzle-orm/pg-core'
import { type IdPrefix, idToUuid, uuidToId } from '../ids/type-id.js'

/** A TypeID in code, its UUID in the table. */
export const typeIdColumn = (prefix: IdPrefix) =>
  customType<{ data: string; driverData: string }>({
    dataType: () => 'uuid',
    fromDriver: (uuid) => uuidToId(prefix, uuid),
    toDriver: (id) => {
      const uuid = idToUuid(prefix, id)
      // A caller checks what came from outside; this is a fault of ours.
      if (uuid === null) throw new TypeError(`not an id of kind ${prefix}`)
      return uuid
    },
  })

export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (bytes) => Buffer.from(bytes),
})
