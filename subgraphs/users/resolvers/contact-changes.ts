import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import * as z from 'zod'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { UsersContext } from '../context.js'
import type { ContactChange as Row } from '../domain/ports.js'
import {
  ConfirmContactChangeInput,
  ContactChange,
  ContactChangePayload,
  RequestEmailChangeInput,
  RequestPhoneChangeInput,
  RevertContactChangeInput,
} from '../schema/contact-changes.js'
import { User } from '../schema/user.js'
import { challengeOf } from './challenge-of.js'
import { toUser } from './to-user.js'

const NOTHING = { user: null, change: null, challengeId: null, challengeExpiresAt: null, resendAfter: null }

/** What is given again to who repeats a request under its `Idempotency-Key`. */
const Change = z.object({
  id: z.string(),
  userId: z.string(),
  kind: z.enum(['EMAIL', 'PHONE']),
  oldValue: z.string().nullable(),
  newValue: z.string(),
  requestedAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
  undoUntil: z.coerce.date().nullable(),
})

const PendingChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pending'), change: Change }),
  z.object({
    kind: z.literal('texted'),
    change: Change,
    challengeId: z.string(),
    expiresAt: z.coerce.date(),
    resendAfter: z.number().nullable(),
  }),
])

@Resolver(() => User)
export class ContactChangesResolver {
  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => ContactChangePayload, {
    description:
      'Sensitive: proved at the new address, told to the old one with an undo link. The old one stays in force until then.',
  })
  async requestEmailChange(
    @Arg('input', () => RequestEmailChangeInput) input: RequestEmailChangeInput,
    @Ctx() context: UsersContext,
  ): Promise<ContactChangePayload> {
    const { userId } = personOf(context)
    const wanted = { newEmail: input.newEmail, confirmUrl: input.confirmUrl ?? null }
    const act = () => context.users.contactChanges.requestEmail(userId, wanted, actorOf(context))
    return payloadOf(
      await context.once(context, {
        ...{ operation: 'requestEmailChange', input: wanted, remembers: PendingChange, act },
      }),
      context,
    )
  }

  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ContactChangePayload)
  async confirmEmailChange(
    @Arg('input', () => ConfirmContactChangeInput) input: ConfirmContactChangeInput,
    @Ctx() context: UsersContext,
  ): Promise<ContactChangePayload> {
    return payloadOf(
      await context.users.contactChanges.confirm({ kind: 'EMAIL' }, input, actorOf(context)),
      context,
    )
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => ContactChangePayload, {
    description:
      'Sensitive: a code goes to the new number; the old one and the e-mail address get an undo link.',
  })
  async requestPhoneChange(
    @Arg('input', () => RequestPhoneChangeInput) { newPhoneNumber }: RequestPhoneChangeInput,
    @Ctx() context: UsersContext,
  ): Promise<ContactChangePayload> {
    const { userId } = personOf(context)
    const act = () => context.users.contactChanges.requestPhone(userId, newPhoneNumber, actorOf(context))
    return payloadOf(
      await context.once(context, {
        ...{ operation: 'requestPhoneChange', input: { newPhoneNumber }, remembers: PendingChange, act },
      }),
      context,
    )
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Mutation(() => ContactChangePayload)
  async confirmPhoneChange(
    @Arg('input', () => ConfirmContactChangeInput) input: ConfirmContactChangeInput,
    @Ctx() context: UsersContext,
  ): Promise<ContactChangePayload> {
    const { userId } = personOf(context)
    const confirming = { kind: 'PHONE' as const, userId }
    return payloadOf(await context.users.contactChanges.confirm(confirming, input, actorOf(context)), context)
  }

  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ContactChangePayload, {
    description: 'One-click undo from the notice sent to the old address',
  })
  async revertContactChange(
    @Arg('input', () => RevertContactChangeInput) input: RevertContactChangeInput,
    @Ctx() context: UsersContext,
  ): Promise<ContactChangePayload> {
    return payloadOf(await context.users.contactChanges.revert(input.token, actorOf(context)), context)
  }

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => [ContactChange], { nullable: true })
  async pendingContactChanges(
    @Root() { id }: User,
    @Ctx() { pendingChanges, maskContact }: UsersContext,
  ): Promise<ContactChange[]> {
    return (await pendingChanges.load(id)).map((change) => toContactChange(change, maskContact))
  }
}

/** A change by reference: one's own, or anyone's for those who may read people; else as if it did not exist. */
export async function loadContactChange(
  id: string,
  { viewer, contactChanges, maskContact }: UsersContext,
): Promise<ContactChange | null> {
  const change = viewer && isId(ID_PREFIXES.contactChange, id) ? await contactChanges.load(id) : null
  const visible = change && (change.userId === viewer?.userId || viewer?.scopes.includes('users:read'))
  return visible ? toContactChange(change, maskContact) : null
}

type Result = Awaited<ReturnType<UsersContext['users']['contactChanges']['confirm']>>

function payloadOf(result: Result, { describeRole, maskContact }: UsersContext): ContactChangePayload {
  switch (result.kind) {
    case 'refused':
      return { ...NOTHING, userErrors: result.problems.map(userError) }
    case 'pending':
      return { ...NOTHING, change: toContactChange(result.change, maskContact), userErrors: [] }
    case 'texted':
      return {
        ...{ ...NOTHING, ...challengeOf(result) },
        change: toContactChange(result.change, maskContact),
        userErrors: [],
      }
    case 'done':
      return {
        ...NOTHING,
        user: toUser(result.account, describeRole),
        change: toContactChange(result.change, maskContact),
        userErrors: [],
      }
  }
}

const toContactChange = (change: Row, mask: UsersContext['maskContact']): ContactChange => ({
  id: change.id,
  kind: change.kind,
  newValueMasked: mask(change),
  requestedAt: change.requestedAt,
  expiresAt: change.expiresAt,
  revertUntil: change.undoUntil,
})
