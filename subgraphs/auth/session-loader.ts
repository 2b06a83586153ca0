import DataLoader from 'dataloader'
import type { DeviceStore, TrustedDevice } from './domain/device-ports.js'
import type { Session, SessionState, SessionStore } from './domain/ports.js'

export type SessionsAsked = {
  userId: string
  state: SessionState | null
  first: number
  after: string | null
}

export type SessionLoader = DataLoader<SessionsAsked, Session[], string>

/** Sessions of many people at once: one statement for all that are asked for the same page of theirs. */
export const createSessionLoader = (sessions: Pick<SessionStore, 'list'>): SessionLoader =>
  new DataLoader(
    async (asked) => {
      const pages = new Map(asked.map(({ userId, ...page }) => [JSON.stringify(page), page]))
      const found = new Map(
        await Promise.all(
          [...pages].map(async ([key, page]) => {
            const userIds = asked.filter((one) => keyOfPage(one) === key).map(({ userId }) => userId)
            return [key, await sessions.list({ ...page, userIds })] as const
          }),
        ),
      )
      return asked.map((one) => found.get(keyOfPage(one))?.get(one.userId) ?? [])
    },
    { cacheKeyFn: (asked) => JSON.stringify(asked) },
  )

/** Sessions by their ids, in one statement. */
export const createSessionByIdLoader = (sessions: Pick<SessionStore, 'findMany'>) =>
  new DataLoader<string, Session | null>(async (ids) => {
    const found = new Map((await sessions.findMany(ids)).map((session) => [session.id, session]))
    return ids.map((id) => found.get(id) ?? null)
  })

/** Devices that each of many people trusts, in one statement. */
export const createTrustedDevicesLoader = (devices: Pick<DeviceStore, 'listTrusted'>) =>
  new DataLoader<string, TrustedDevice[]>(async (userIds) => {
    const found = await devices.listTrusted(userIds)
    return userIds.map((id) => found.filter(({ userId }) => userId === id))
  })

type Stores = { sessions: SessionStore; devices: Pick<DeviceStore, 'listTrusted'> }

/** What one request reads together, each once. */
export const createLoaders = ({ sessions, devices }: Stores) => ({
  sessionsOf: createSessionLoader(sessions),
  sessionById: createSessionByIdLoader(sessions),
  trustedDevicesOf: createTrustedDevicesLoader(devices),
  lastSignIns: new DataLoader<string, Date | null>(async (ids) => {
    const found = await sessions.lastSignIns(ids)
    return ids.map((id) => found.get(id) ?? null)
  }),
})

const keyOfPage = ({ userId: _, ...page }: SessionsAsked): string => JSON.stringify(page)
