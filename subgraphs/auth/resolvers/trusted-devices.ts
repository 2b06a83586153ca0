import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { AcceptedPayload, userError } from '../../shared/graphql/user-error.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AuthContext } from '../context.js'
import { TrustedDevice } from '../schema/trusted-device.js'
import { User } from '../schema/user.js'

@Resolver(() => User)
export class TrustedDevicesResolver {
  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => [TrustedDevice], { nullable: true })
  async trustedDevices(
    @Root() { id }: User,
    @Ctx() { trustedDevicesOf }: AuthContext,
  ): Promise<TrustedDevice[]> {
    return isId(ID_PREFIXES.user, id) ? trustedDevicesOf.load(id) : []
  }

  @Directive('@authenticated')
  @Mutation(() => AcceptedPayload, {
    description: 'From now on the device is asked for a second factor again.',
  })
  async forgetTrustedDevice(
    @Arg('id', () => ID) id: string,
    @Ctx() context: AuthContext,
  ): Promise<AcceptedPayload> {
    const { userId } = personOf(context)
    const forgotten =
      isId(ID_PREFIXES.device, id) && (await context.auth.devices.forget(userId, id, actorOf(context)))
    if (forgotten) return { accepted: true, userErrors: [] }
    return { accepted: false, userErrors: [userError({ code: 'NOT_FOUND', field: ['id'] })] }
  }
}
