export type Tokens = {
  accessToken: string | null
  /** When to trade it for the next, in ms since 1970; null when the server has to say. */
  renewAt: number | null
  /** BODY delivery only: browsers hold it in a cookie that no script can read. */
  refreshToken: string | null
  /** BODY delivery only: marks this device as known. Outlives the session, signs nobody in. */
  deviceToken: string | null
  /** Whose tokens these are. */
  userId: string | null
}

/** Where tokens are kept. A native app keeps them in the keychain of its system, hence the promises. */
export type TokenStore = {
  read(): Tokens | Promise<Tokens>
  write(tokens: Tokens): void | Promise<void>
}

export const NO_TOKENS: Tokens = {
  accessToken: null,
  renewAt: null,
  refreshToken: null,
  deviceToken: null,
  userId: null,
}

/** In memory: gone with the page or the process. */
export function createMemoryTokenStore(tokens: Tokens = NO_TOKENS): TokenStore {
  let held = tokens
  return {
    read: () => held,
    write: (next) => {
      held = next
    },
  }
}

type DeviceStorage = {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const DEVICE_KEY = 'usergraph-device'

/**
 * For a page with BODY delivery: keeps only the device token, by `localStorage` for one. What signs somebody in stays
 * in memory, where a script that breaks in later finds nothing.
 */
export function createBrowserTokenStore(storage: DeviceStorage): TokenStore {
  const memory = createMemoryTokenStore({ ...NO_TOKENS, deviceToken: storage.getItem(DEVICE_KEY) })
  return {
    read: memory.read,
    write(tokens) {
      if (tokens.deviceToken !== null) storage.setItem(DEVICE_KEY, tokens.deviceToken)
      return memory.write(tokens)
    },
  }
}
