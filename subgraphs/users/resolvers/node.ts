import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { Node } from '../../shared/graphql/node.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { UsersContext } from '../context.js'
import { loadContactChange } from './contact-changes.js'
import { loadUser } from './user.js'

const MAX_NODES = 100

type Found = { __typename: string; id: string } | null

@Resolver()
export class NodeResolver {
  @Directive('@authenticated')
  @Query(() => Node, {
    nullable: true,
    description:
      "Anything by its id: what is of one's own, and with `users:read` what is anyone's. Null for all else, as for what does not exist.",
  })
  node(@Arg('id', () => ID) id: string, @Ctx() context: UsersContext): Promise<Found> {
    return loadNode(id, context)
  }

  @Directive('@authenticated')
  @Query(() => [Node], {
    nullable: 'items',
    description: `Many by their ids, at most ${MAX_NODES}, in the order in which they were asked for.`,
  })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: UsersContext): Promise<Found[]> {
    if (ids.length > MAX_NODES) throw new AppError('BAD_USER_INPUT', { field: 'ids' })
    return Promise.all(ids.map((id) => loadNode(id, context)))
  }
}

type Load = (id: string, context: UsersContext) => Promise<{ id: string } | null>

/** By the prefix of an id, the type that it names and how one of it is found. */
const KINDS: Record<string, [typename: string, load: Load]> = {
  [ID_PREFIXES.user]: ['User', async (id, context) => (maySee(id, context) ? loadUser(id, context) : null)],
  [ID_PREFIXES.contactChange]: ['ContactChange', loadContactChange],
  [ID_PREFIXES.session]: ['Session', loadSession],
}

async function loadNode(id: string, context: UsersContext): Promise<Found> {
  const kind = Object.hasOwn(KINDS, prefixOf(id)) ? KINDS[prefixOf(id)] : undefined
  if (!kind) return null
  const [typename, load] = kind
  const found = await load(id, context)
  return found && { ...found, __typename: typename }
}

/** Only its id: what else there is of it the graph asks auth for. */
async function loadSession(id: string, context: UsersContext): Promise<{ id: string } | null> {
  if (!isId(ID_PREFIXES.session, id)) return null
  const owner = await context.sessionOwners.load(id)
  return owner !== null && maySee(owner, context) ? { id } : null
}

const maySee = (ownerId: string, { viewer }: UsersContext): boolean =>
  viewer?.userId === ownerId || viewer?.scopes.includes('users:read') === true

const prefixOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('_')))
