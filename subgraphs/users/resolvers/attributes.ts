import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import type { UsersContext } from '../context.js'
import { UserAttribute } from '../schema/attributes.js'
import { User } from '../schema/user.js'

@Resolver(() => User)
export class AttributesResolver {
  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @Directive('@tag(name: "pii")')
  @FieldResolver(() => [UserAttribute], {
    nullable: true,
    description: 'Of all namespaces, or one; holders of `users:read` see those too that an owner does not',
  })
  async attributes(
    @Root() { id }: User,
    @Arg('namespace', () => String, { nullable: true }) namespace: string | null,
    @Ctx() { viewer, storedAttributes, showAttributes }: UsersContext,
  ): Promise<UserAttribute[]> {
    const by = viewer?.scopes.includes('users:read') ? 'STAFF' : 'OWNER'
    return showAttributes(await storedAttributes.load(id), { by, namespace: namespace ?? null })
  }
}
