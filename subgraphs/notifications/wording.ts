import type { Database } from '../shared/database/connect.js'
import type { Relay } from '../shared/events/relay.js'
import type { Logger } from '../shared/log/logger.js'
import { templateFaults } from './delivery/deliveries-count.js'
import { makeUpsertTemplate } from './domain/upsert-template.js'
import type { NotificationsEnv } from './env.js'
import { createTemplateStore } from './store/templates.js'
import { checkWords } from './templates/check-words.js'
import { createTemplateViews } from './templates/list-templates.js'
import { makePreview } from './templates/preview.js'
import { makeReadStoredWords } from './templates/read-stored-words.js'
import { isLinkTo } from './templates/service-variables.js'
import { makeWordMessage } from './templates/word-message.js'
import { createWordsInForce } from './templates/words-in-force.js'

type Parts = { env: NotificationsEnv; database: Database; relay: Relay; log: Logger }

/** The words of messages: ours, and those that operators have put in their place. */
export function openWording({ env, database, relay, log }: Parts) {
  const store = createTemplateStore(database.db, relay)
  const product = env.PRODUCT_NAME
  const onFault = ({ name, locale }: { name: string; locale: string }) => {
    templateFaults.inc({ template: name })
    log.error({ event: 'template.faulty', template: name, locale })
  }
  const isLink = isLinkTo([new URL(env.PUBLIC_URL).origin, ...env.MESSAGE_LINK_ORIGINS])
  const readStored = makeReadStoredWords(onFault)
  const wordsInForce = createWordsInForce({
    findByName: store.findByName,
    now: () => performance.now(),
    readStored,
  })

  return {
    wordMessage: makeWordMessage({ product, isLink, wordsInForce, onFault }),
    findByName: store.findByName,
    readStored,
    isLink,
    templates: {
      ...createTemplateViews({ ...store, readStored }),
      preview: makePreview({ product, findByName: store.findByName, readStored }),
      upsert: makeUpsertTemplate({
        templates: store,
        problemsOf(template) {
          const checked = checkWords(template)
          return checked.kind === 'refused' ? checked.problems : []
        },
      }),
    },
  }
}

export type Templates = ReturnType<typeof openWording>['templates']
