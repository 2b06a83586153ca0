import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { AuthContext } from '../context.js'
import { Session } from '../schema/session.js'

@Resolver(() => Session)
export class SessionResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The country that its address is likely in, in English; null where that is not known.',
  })
  approximateLocation(@Root() { ip }: Session, @Ctx() { auth }: AuthContext): string | null {
    return auth.countryOf(ip)
  }
}
