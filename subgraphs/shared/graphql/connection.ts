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
