import type { Problem } from '../../shared/errors/user-error-codes.js'

/** As JSON. */
const MAX_VALUE_LENGTH = 4096

/** Who writes: the person, of their own account, or staff, of somebody's. */
export type Writer = 'OWNER' | 'STAFF'

export type AttributeNamespace = {
  namespace: string
  writtenBy: Writer
  visibleToOwner: boolean
  /** The keys there are, and which values each takes. */
  attributes: ReadonlyMap<string, (value: unknown) => boolean>
}

export type AttributeInput = { namespace: string; key: string; value?: unknown }

/** Values by `namespace:key`. */
export type StoredAttributes = Readonly<Record<string, unknown>>
export type AttributeChange = { set: StoredAttributes; removed: readonly string[] }

export type Attribute = { namespace: string; key: string; value: unknown }

export type Attributes = {
  /** Every fault at once, each with its path under `profile`. */
  read(inputs: readonly AttributeInput[], writer: Writer): { change: AttributeChange; problems: Problem[] }
  /** What of it somebody sees: staff all that there is a place for, its owner what is theirs to see. */
  show(stored: StoredAttributes, seen: { by: Writer; namespace: string | null }): Attribute[]
}

/** What an operator keeps of people beyond our own fields. Without any defined, none is known, and each is refused. */
export function makeAttributes(defined: readonly AttributeNamespace[]): Attributes {
  const namespaces = new Map(defined.map((one) => [one.namespace, one]))

  return {
    read: (inputs, writer) => readAll(namespaces, inputs, writer),

    show: (stored, { by, namespace: wanted }) =>
      defined
        .filter(({ namespace }) => wanted === null || namespace === wanted)
        .filter(({ visibleToOwner }) => by === 'STAFF' || visibleToOwner)
        .flatMap(({ namespace, attributes }) =>
          [...attributes.keys()].flatMap((key) => {
            const value = stored[`${namespace}:${key}`]
            return value === undefined ? [] : [{ namespace, key, value }]
          }),
        ),
  }
}

type Namespaces = ReadonlyMap<string, AttributeNamespace>

/** One that is named twice is refused: nobody would know which was meant. */
function readAll(namespaces: Namespaces, inputs: readonly AttributeInput[], writer: Writer) {
  const set: [string, unknown][] = []
  const removed: string[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()

  for (const [index, input] of inputs.entries()) {
    const place = `${input.namespace}:${input.key}`
    const read = readOne(namespaces.get(input.namespace), input, writer)
    if ('code' in read) problems.push({ code: read.code, field: fieldOf(index, read.part) })
    else if (seen.has(place)) problems.push({ code: 'INVALID', field: fieldOf(index, 'key') })
    else if (read.value === null) removed.push(place)
    else set.push([place, read.value])
    seen.add(place)
  }
  return { change: { set: Object.fromEntries(set), removed }, problems }
}

type Part = 'namespace' | 'key' | 'value'
type Read = { value: unknown } | { code: Problem['code']; part: Part }

const refused = (code: Problem['code'], part: Part): Read => ({ code, part })
const fieldOf = (index: number, part: Part) => ['profile', 'attributes', String(index), part]

/** What its owner may not see is to them as if it did not exist. */
function readOne(namespace: AttributeNamespace | undefined, input: AttributeInput, writer: Writer): Read {
  if (!namespace || (writer === 'OWNER' && !namespace.visibleToOwner))
    return refused('NOT_FOUND', 'namespace')
  const accepts = namespace.attributes.get(input.key)
  if (!accepts) return refused('NOT_FOUND', 'key')
  if (namespace.writtenBy !== writer) return refused('INVALID', 'namespace')
  if (input.value === undefined) return refused('REQUIRED', 'value')
  return readValue(input.value, accepts)
}

/** What is checked is what is stored: JSON has no infinite numbers, and PostgreSQL no NUL and no half of a surrogate pair. */
function readValue(input: unknown, accepts: (value: unknown) => boolean): Read {
  if (input === null) return { value: null }
  const text = JSON.stringify(input)
  if (text.length > MAX_VALUE_LENGTH) return refused('TOO_LONG', 'value')
  if (/\\u(?:0000|d[89a-f])/.test(text.replaceAll('\\\\', ''))) return refused('INVALID', 'value')
  const value: unknown = JSON.parse(text)
  return value !== null && accepts(value) ? { value } : refused('INVALID', 'value')
}
