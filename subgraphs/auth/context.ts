import type DataLoader from 'dataloader'
import type { RequestContext } from '../shared/graphql/request-context.js'
import type { Viewer } from '../shared/identity/viewer.js'
import type { createDelivery } from './delivery.js'
import type { ApiClientStore } from './domain/api-client-ports.js'
import type { makeApiClients } from './domain/api-clients.js'
import type { makeCompleteLogin } from './domain/complete-login.js'
import type { describeDevice } from './domain/device.js'
import type { DeviceStore, TrustedDevice } from './domain/device-ports.js'
import type { makeLogin } from './domain/login.js'
import type { makeLogout } from './domain/logout.js'
import type { Account, Session, SessionStore } from './domain/ports.js'
import type { makeRefresh } from './domain/refresh.js'
import type { makeRevokeSessions } from './domain/revoke-sessions.js'
import type { makeRotateKeys } from './domain/rotate-keys.js'
import type { makeStepUp } from './domain/step-up.js'
import type { makeTicketHolder } from './domain/ticket-holder.js'
import type { SessionLoader } from './session-loader.js'
import type { ReadToken } from './tokens/validate-token.js'

type Delivery = ReturnType<typeof createDelivery>

export type AuthContext = RequestContext & {
  auth: {
    login: ReturnType<typeof makeLogin>
    completeLogin: ReturnType<typeof makeCompleteLogin>
    refresh: ReturnType<typeof makeRefresh>
    logout: ReturnType<typeof makeLogout>
    revokeSessions: ReturnType<typeof makeRevokeSessions>
    readToken: (token: string) => Promise<ReadToken>
    sessions: Pick<SessionStore, 'find'>
    /** The ways by which a code to sign in with may go. */
    otpChannels: readonly ('EMAIL' | 'SMS')[]
    devices: Pick<DeviceStore, 'forget'>
    /** Whether a client of this origin may be handed its refresh token so (SECURITY 5.1). */
    mayDeliver: Delivery['mayDeliver']
    /** The application that a client of this origin is. */
    clientIdOf: Delivery['clientIdOf']
    countryOf: (ip: string | null) => string | null
    describeDevice: (name: string | null, userAgent: string | null) => ReturnType<typeof describeDevice>
    viewerOf: (session: Session, account: Account) => Viewer
    apiClients: ReturnType<typeof makeApiClients>
    clients: Pick<ApiClientStore, 'find' | 'list' | 'isSecretActive'>
    stepUp: ReturnType<typeof makeStepUp>
    ticketHolder: ReturnType<typeof makeTicketHolder>
    rotateKeys: ReturnType<typeof makeRotateKeys>
    /** Tells the router who has just signed in, in a form only auth can make (SECURITY 2.7). */
    signNewViewer: (viewer: Viewer, requestId: string) => Promise<string>
  }
  /** Sessions by id, read together. */
  sessionById: DataLoader<string, Session | null>
  /** Devices that people trust, read together. */
  trustedDevicesOf: DataLoader<string, TrustedDevice[]>
  /** Pages of people's sessions, read together and once for each request. */
  sessionsOf: SessionLoader
  /** When people last signed in, read together and once for each request. */
  lastSignIns: DataLoader<string, Date | null>
}
