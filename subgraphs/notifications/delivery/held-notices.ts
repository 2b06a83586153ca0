import type { Logger } from '../../shared/log/logger.js'
import type { HeldNotice } from '../domain/open-way.js'
import { noticesHeld } from './deliveries-count.js'

/** Leaves a trace of a notice that the day's limit of texts held back: a person who is told nothing cannot ask why. */
export const noteHeld =
  (log: Logger) =>
  ({ userId, kind, template, wentByMail }: HeldNotice): void => {
    const instead = wentByMail ? 'mail' : 'none'
    noticesHeld.inc({ template, instead })
    log.warn({ event: 'notice.held', userId, kind, template, instead })
  }
