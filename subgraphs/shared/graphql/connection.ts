import { Directive, Field, ObjectType } from 'type-graphql'
import { AppError } from '../errors/app-error.js'

export const DEFAULT_PAGE = 10
export const MAX_PAGE = 100

@Directive('@shareable')
@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean

  @Field(() => Boolean)
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true })
  startCursor!: string | null

  @Field(() => String, { nullable: true })
  endCursor!: string | null
}

export type Page = { first: number; after: string | null }

export type Connection<Row> = {
  edges: { cursor: string; node: Row }[]
  nodes: Row[]
  pageInfo: PageInfo
}

/** Reads the arguments of a list: 1 to 100 rows, starting after a row that was seen. Cursors are ids. */
export function readPage(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  isCursor: (cursor: string) => boolean,
): Page {
  const first = args.first ?? DEFAULT_PAGE
  if (first < 1 || first > MAX_PAGE) throw new AppError('BAD_USER_INPUT', { field: 'first' })
  if (args.after != null && !isCursor(args.after)) throw new AppError('BAD_USER_INPUT', { field: 'after' })
  return { first, after: args.after ?? null }
}

export type TwoWayPage = {
  limit: number
  /** The row that was seen last, in this direction; null begins at the end it goes away from. */
  from: string | null
  direction: 'FORWARD' | 'BACKWARD'
}

type TwoWayArgs = {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

/** Reads the arguments of a list that is paged both ways: `first` and `after`, or `last` and `before`. */
export function readTwoWayPage({ first, after, last, before }: TwoWayArgs): TwoWayPage {
  if (last == null && before == null) {
    const { first: limit, after: from } = readPage({ first, after }, () => true)
    return { limit, from, direction: 'FORWARD' }
  }
  if (first != null) throw new AppError('BAD_USER_INPUT', { field: 'first' })
  if (after != null) throw new AppError('BAD_USER_INPUT', { field: 'after' })
  const limit = last ?? DEFAULT_PAGE
  if (limit < 1 || limit > MAX_PAGE) throw new AppError('BAD_USER_INPUT', { field: 'last' })
  return { limit, from: before ?? null, direction: 'BACKWARD' }
}

/** Makes a connection of rows that were read in the page's direction with one row more than asked for. */
export function twoWayConnectionOf<Row>(
  rows: readonly Row[],
  { limit, from, direction }: TwoWayPage,
  cursorOf: (row: Row) => string,
): Connection<Row> {
  const forward = direction === 'FORWARD'
  const more = rows.length > limit
  const page = rows.slice(0, limit)
  const edges = (forward ? page : page.toReversed()).map((node) => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: forward ? more : from !== null,
      hasPreviousPage: forward ? from !== null : more,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** Makes a connection of rows that were read with one row more than asked for, which tells that there is a next page. */
export function connectionOf<Row extends { id: string }>(rows: readonly Row[], page: Page): Connection<Row> {
  const nodes = rows.slice(0, page.first)
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: nodes[0]?.id ?? null,
      endCursor: nodes.at(-1)?.id ?? null,
    },
  }
}
