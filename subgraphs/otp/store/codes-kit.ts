import { randomBytes, randomUUID } from 'node:crypto'
import { ID_PREFIXES, newId, uuidToId } from '../../shared/ids/type-id.js'
import { someActor } from '../../shared/test/requests.js'
import type { CodeStore, NewChallenge } from '../domain/ports.js'
import { CHALLENGE } from '../limits.js'

export const SPENT = { action: 'code.spend', outcome: 'SUCCESS', subjectId: null, by: someActor() } as const

export const MINUTE = 60
export const HOUR = 3600
export const DAY = 86_400
export const RACERS = 100
export const MAX_WRONG = 20

export type CodeStoreKit = {
  store: CodeStore
  /** Lets time go by. */
  pass(seconds: number): Promise<void>
  /** What notifications was told. */
  told(): Promise<{ challengeId: string; userId: string; sealedCode: string }[]>
  /** Which codes it was told of that arrived. */
  arrived(): Promise<{ challengeId: string; channel: string; addressDigest: string }[]>
  /** Rows of every kind that are kept. */
  size(): Promise<number>
}

export const someChallenge = (changes: Partial<NewChallenge> = {}): NewChallenge => ({
  id: uuidToId(ID_PREFIXES.challenge, randomUUID()),
  userId: newId(ID_PREFIXES.user),
  purpose: 'EMAIL_VERIFICATION',
  ...{
    channel: 'EMAIL',
    changeId: null,
    addressDigest: null,
    flow: null,
    custom: null,
    texts: null,
    mailbox: null,
    isTold: true,
  },
  subject: randomBytes(32),
  destination: randomBytes(32),
  destinationMasked: 'a•••@e•••.com',
  digest: randomBytes(32),
  sealedCode: 'sealed',
  ...changes,
})

export const newCode = () => ({
  digest: randomBytes(32),
  sealedCode: 'sealed again',
  network: randomBytes(32),
})

/** A challenge by SMS, in a prefix and from a network of its own unless told otherwise. */
export const someText = (texts: Partial<NonNullable<NewChallenge['texts']>> = {}): NewChallenge =>
  someChallenge({
    ...{ purpose: 'PHONE_VERIFICATION', channel: 'SMS' },
    texts: { prefix: randomBytes(32), network: randomBytes(32), country: 'DE', ...texts },
  })

/** Within five seconds: between two statements time goes on, and more of it where the machine is busy. */
export const nearly = (seconds: number) => expect.closeTo(seconds, -1)

export const times = <Result>(count: number, act: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, act))

/** What the stores of this contract hold texts to; four fifths are for those that anybody can have sent. */
export const CEILINGS = { perCountry: 50, all: 75 } as const

/** A store for each test, and what most tests do with it. */
export function useCodeStore(makeKit: () => Promise<CodeStoreKit>) {
  let kit: CodeStoreKit
  beforeEach(async () => {
    kit = await makeKit()
  })

  async function open(changes: Partial<NewChallenge> = {}) {
    const challenge = someChallenge(changes)
    expect(await kit.store.open(challenge)).toMatchObject({ kind: 'sent' })
    return challenge
  }

  /** Opens challenges of one subject, each for a mailbox of its own so that sending is no limit. */
  async function exhaust(
    { subject, userId }: Pick<NewChallenge, 'subject' | 'userId'>,
    changes: Partial<NewChallenge> = {},
  ) {
    const outcomes = []
    for (let tries = 0; tries < MAX_WRONG; tries += CHALLENGE.attempts) {
      const { id } = await open({ subject, userId, ...changes })
      outcomes.push(...(await times(CHALLENGE.attempts, () => kit.store.countAttempt(id))))
    }
    return outcomes
  }

  return {
    get kit() {
      return kit
    },
    open,
    exhaust,
  }
}

export type OnCodeStore = ReturnType<typeof useCodeStore>
