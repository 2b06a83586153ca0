import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { SUBGRAPH_NAMES } from '../../shared/contracts/subgraph-names.js'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import type { Deletion } from '../domain/deletion-ports.js'
import {
  AccountDeletion,
  DeleteUserInput,
  DeleteUserPayload,
  RequestAccountDeletionInput,
  RequestAccountDeletionPayload,
} from '../schema/deletions.js'
import { User } from '../schema/user.js'

@Resolver(() => User)
export class DeletionsResolver {
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => RequestAccountDeletionPayload, {
    description:
      'The account goes with all that is in it, after a time in which it can be cancelled; its owner is told by mail. Refused to the last administrator: LAST_ADMIN.',
  })
  async requestAccountDeletion(
    @Arg('input', () => RequestAccountDeletionInput) input: RequestAccountDeletionInput,
    @Ctx() context: UsersContext,
  ): Promise<RequestAccountDeletionPayload> {
    const { userId } = personOf(context)
    return payloadOf(await context.users.deletions.request(userId, input.reason ?? null, actorOf(context)))
  }

  @Directive('@authenticated')
  @Mutation(() => RequestAccountDeletionPayload, {
    description: 'The account stays. Without a deletion to cancel nothing happens.',
  })
  async cancelAccountDeletion(@Ctx() context: UsersContext): Promise<RequestAccountDeletionPayload> {
    return payloadOf(await context.users.deletions.cancel(personOf(context).userId, actorOf(context)))
  }

  @Directive('@requiresScopes(scopes: [["users:delete"]])')
  @Directive('@assurance')
  @Mutation(() => DeleteUserPayload, {
    description:
      'At once, and never to be taken back. Sessions end within 5 seconds, every subgraph erases its part within a minute. Never takes the last administrator: LAST_ADMIN.',
  })
  async deleteUser(
    @Arg('input', () => DeleteUserInput) { userId, mode }: DeleteUserInput,
    @Ctx() context: UsersContext,
  ): Promise<DeleteUserPayload> {
    const asker = { scopes: context.viewer?.scopes ?? [], by: actorOf(context) }
    const result = await context.users.deletions.deleteNow(userId, mode, asker)
    switch (result.kind) {
      case 'deleted':
        return { deletedUserId: result.userId, userErrors: [] }
      case 'refused':
        return { deletedUserId: null, userErrors: result.problems.map(userError) }
      case 'forbidden':
        throw new AppError('FORBIDDEN')
    }
  }

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => AccountDeletion, {
    nullable: true,
    description: 'The deletion that is pending, or has made of this account an id and nothing else',
  })
  async deletion(@Root() { id }: User, @Ctx() { deletionOf }: UsersContext): Promise<AccountDeletion | null> {
    const deletion = await deletionOf.load(id)
    return deletion && toAccountDeletion(deletion)
  }
}

type Result = Awaited<ReturnType<UsersContext['users']['deletions']['cancel']>>

function payloadOf(result: Result): RequestAccountDeletionPayload {
  switch (result.kind) {
    case 'pending':
      return { deletion: toAccountDeletion(result.deletion), userErrors: [] }
    case 'cancelled':
      return { deletion: null, userErrors: [] }
    case 'refused':
      return { deletion: null, userErrors: result.problems.map(userError) }
  }
}

const toAccountDeletion = ({ receipts, ...deletion }: Deletion): AccountDeletion => ({
  requestedAt: deletion.requestedAt,
  effectiveAt: deletion.effectiveAt,
  reason: deletion.reason,
  receipts: SUBGRAPH_NAMES.map((subgraph) => {
    const receipt = receipts.find((one) => one.subgraph === subgraph)
    const waits = deletion.deletedAt ? ('RUNNING' as const) : ('QUEUED' as const)
    return { subgraph, status: receipt ? ('SUCCEEDED' as const) : waits, fields: receipt?.records ?? null }
  }),
})
