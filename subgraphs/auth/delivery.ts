import { appOf } from '../shared/env/apps.js'
import type { AuthEnv } from './env.js'

/** The application of whoever is no registered one: our own pages, other origins that are listed, native clients. */
const OTHERS = 'web'

export type Delivery = 'COOKIE' | 'BODY'

type Settings = Pick<AuthEnv, 'BODY_DELIVERY_ORIGINS' | 'APPS_FILE'>

/** What is known of a client by its origin: how it may be handed a refresh token (SECURITY 5.1), and its name. */
export const createDelivery = (env: Settings) => ({
  mayDeliver(origin: string | null, delivery: Delivery): boolean {
    const app = appOf(env, origin)
    if (app) return app.tokenDelivery === delivery
    return delivery === 'COOKIE' || origin === null || env.BODY_DELIVERY_ORIGINS.includes(origin)
  },
  clientIdOf: (origin: string | null): string => appOf(env, origin)?.name ?? OTHERS,
})
