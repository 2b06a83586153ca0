import { getNamedType, isCompositeType } from 'graphql'
import { leastArguments } from '../seed/least-arguments.js'
import type { Reach, Step } from './reaches.js'

/** An operation that asks for one field, with the response keys that lead there. */
export type Written = {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
  keys: string[]
  /** The field is asked for, and left out of what runs. */
  isLeftOut?: boolean
}

type Hand = {
  alias?: (index: number) => string
  /** After the field at the end. */
  directive?: string
  /** Around the selection of each step. */
  around?: (text: string, step: Step, index: number) => string
}

/** All the ways to write one and the same question. */
export const WRITINGS: Record<string, (reach: Reach) => Written> = {
  plainly: (reach) => written(reach, {}),
  'under other names': (reach) => written(reach, { alias: (index) => `zz${index}` }),
  'in fragments': (reach) => inFragments(reach),
  'in inline fragments': (reach) =>
    written(reach, { around: (text, { type }) => `... on ${type.name} { ... { ${text} } }` }),
  'where @include says yes': (reach) => withVariable(reach, '@include(if: $v)', true),
  'where @include says no': (reach) => withVariable(reach, '@include(if: $v)', false),
  'where @skip says so of a fragment around it': (reach) => ({
    ...written(reach, {
      around: (text, _, index) =>
        index === reach.steps.length - 1 ? `... @skip(if: true) { ${text} }` : text,
    }),
    isLeftOut: true,
  }),
  'in the second operation': (reach) => {
    const { query, keys } = written(reach, {}, 'Second')
    return { query: `query First { __typename } ${query}`, operationName: 'Second', keys }
  },
}

/** The same document, of which the harmless operation is asked. */
export function besideHarmless(reach: Reach): Written {
  const second = WRITINGS['in the second operation']?.(reach)
  return { query: second?.query ?? '', operationName: 'First', keys: ['__typename'] }
}

function withVariable(reach: Reach, directive: string, v: boolean): Written {
  const { query, keys } = written(reach, { directive }, 'Q($v: Boolean!)')
  return { query, variables: { v }, keys, isLeftOut: !v }
}

function inFragments(reach: Reach): Written {
  const definitions: string[] = []
  const { query, keys } = written(reach, {
    around: (text, { type }, index) => {
      definitions.push(`fragment F${index} on ${type.name} { ${text} }`)
      return `...F${index}`
    },
  })
  return { query: [query, ...definitions].join(' '), keys }
}

function written({ operation, steps }: Reach, hand: Hand, name = ''): Written {
  const { alias, directive = '', around = (text) => text } = hand
  const selection = steps.reduceRight(
    (below, step, index) => {
      const isLast = index === steps.length - 1
      const key = alias ? `${alias(index)}: ` : ''
      const text = `${key}${step.field.name}${leastArguments(step.field)} ${isLast ? directive : ''} ${below}`
      return `{ ${narrowed(around(text, step, index), step, steps[index - 1])} }`
    },
    leafOf(steps.at(-1)),
  )
  return {
    query: `${operation} ${name} ${selection}`,
    keys: steps.map(({ field }, index) => alias?.(index) ?? field.name),
  }
}

const leafOf = (step: Step | undefined): string =>
  step && isCompositeType(getNamedType(step.field.type)) ? '{ __typename }' : ''

/** Behind an interface or a union a type is named. */
function narrowed(text: string, { type }: Step, above: Step | undefined): string {
  return above && getNamedType(above.field.type) !== type ? `... on ${type.name} { ${text} }` : text
}
