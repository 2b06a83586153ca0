import { KEY_GONE_AFTER_SECONDS, KEY_PUBLISHED_AHEAD_SECONDS } from '../limits.js'

/** What of a key decides its part: the newest that has come into force signs, the next waits, older ones are read. */
export type KeyFacts = { kid: string; algorithm: string; createdAt: Date; activatesAt: Date }

export type Rotation = {
  /** By the database's clock. */
  now: Date
  algorithm: string
  days: number
  /** Brings the next key into force as soon as everyone can know it. */
  rotate: boolean
  /** A key that is not to be accepted any more, whatever it signed. */
  remove: string | null
}

export type RotationPlan = {
  remove: string[]
  /** Keys that come into force at another time than was planned. */
  move: { kid: string; activatesAt: Date }[]
  /** Keys to be made, by when they come into force. */
  make: Date[]
}

const DAY_MS = 86_400_000
const later = (time: Date, ms: number): Date => new Date(time.getTime() + ms)
const AHEAD_MS = KEY_PUBLISHED_AHEAD_SECONDS * 1000
const GONE_MS = KEY_GONE_AFTER_SECONDS * 1000

/**
 * What has to happen for one key to sign and another to be published ahead of it (SECURITY 4.4).
 *
 * The next key stands ready at all times: where the one that signs is taken back in an emergency, everybody knows its
 * successor already.
 */
export function planRotation(keys: readonly KeyFacts[], rotation: Rotation): RotationPlan {
  const { now, algorithm, remove } = rotation
  const plan: RotationPlan = { remove: [], move: [], make: [] }
  const kept = keys.filter(({ kid }) => kid !== remove)
  if (kept.length < keys.length && remove !== null) plan.remove.push(remove)

  const [signing] = keys.filter(({ activatesAt }) => activatesAt <= now).toSorted(newestFirst)
  const inForce = kept.filter(({ activatesAt }) => activatesAt <= now).toSorted(newestFirst)
  const waiting = kept.filter(({ activatesAt }) => activatesAt > now).toSorted(soonestFirst)
  const isEmergency = signing !== undefined && signing.kid === remove
  const next = nextOf(waiting, { now, algorithm, isEmergency })
  const spare = waiting.filter((key) => key !== next).map(({ kid }) => kid)
  plan.remove.push(...spare, ...gone(inForce, now))

  const [active] = inForce
  // Where the one that signs is taken back, an older one that is still read must not sign again.
  if (!active || isEmergency) return startAnew(plan, next, rotation)
  return goOn(plan, { active, next }, rotation)
}

type Standing = { active: KeyFacts; next: KeyFacts | undefined }

/** With a key that signs: the next one is made where there is none, or comes into force sooner where it is due. */
function goOn(plan: RotationPlan, { active, next }: Standing, rotation: Rotation): RotationPlan {
  const { now, algorithm, days } = rotation
  const isOther = active.algorithm !== algorithm && (!next || next.algorithm === algorithm)
  const isDue = rotation.rotate || isOther
  const activatesAt = nextActivation(active, next, { ...rotation, isDue })
  if (!next) return { ...plan, make: [activatesAt] }

  const move = isDue && activatesAt < next.activatesAt ? [{ kid: next.kid, activatesAt }] : []
  // The one that comes into force now needs a successor of its own.
  const make = activatesAt <= now ? [later(now, days * DAY_MS)] : []
  return { ...plan, move, make }
}

const newestFirst = (one: KeyFacts, other: KeyFacts) =>
  other.activatesAt.getTime() - one.activatesAt.getTime()

const soonestFirst = (one: KeyFacts, other: KeyFacts) => newestFirst(other, one)

type Choice = { now: Date; algorithm: string; isEmergency: boolean }

/**
 * The key that signs next: one of the algorithm that is set. One of another serves in an emergency, since everybody knows
 * it; and a young one is left alone, since processes with the new setting and with the old run side by side for a while.
 */
function nextOf(waiting: readonly KeyFacts[], { now, algorithm, isEmergency }: Choice): KeyFacts | undefined {
  const fit = waiting.find((key) => key.algorithm === algorithm)
  const [soonest] = waiting
  const serves = soonest && (isEmergency || later(soonest.createdAt, AHEAD_MS) > now)
  return fit ?? (serves ? soonest : undefined)
}

/** Nothing that a key signed lives once its successor has signed for this long. */
const gone = (inForce: readonly KeyFacts[], now: Date): string[] =>
  inForce.flatMap(({ kid }, index) => {
    const successor = inForce[index - 1]
    return successor && later(successor.activatesAt, GONE_MS) <= now ? [kid] : []
  })

/** With no key in force, at the first start or since it was taken back, the next one signs at once. */
function startAnew(plan: RotationPlan, next: KeyFacts | undefined, { now, days }: Rotation): RotationPlan {
  if (next) plan.move.push({ kid: next.kid, activatesAt: now })
  else plan.make.push(now)
  plan.make.push(later(now, days * DAY_MS))
  return plan
}

function nextActivation(
  active: KeyFacts,
  next: KeyFacts | undefined,
  { now, days, isDue }: Rotation & { isDue: boolean },
): Date {
  const known = later(next?.createdAt ?? now, AHEAD_MS)
  const wanted = isDue ? now : (next?.activatesAt ?? later(active.activatesAt, days * DAY_MS))
  return new Date(Math.max(known.getTime(), wanted.getTime()))
}
