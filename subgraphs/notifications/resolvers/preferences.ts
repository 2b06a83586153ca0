import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { NotificationsContext } from '../context.js'
import { NotificationKind } from '../schema/kinds.js'
import {
  NotificationPreferences,
  NotificationPreferencesInput,
  NotificationPreferencesPayload,
} from '../schema/preferences.js'
import { User } from '../schema/user.js'

/** What somebody may be spared, in part at least; all else is sent to everybody. */
const REFUSABLE: readonly NotificationKind[] = ['LOGIN_ALERT', 'PROFILE_CHANGED', 'PRODUCT_NEWS']
const MANDATORY = Object.values(NotificationKind).filter((kind) => !REFUSABLE.includes(kind))

@Resolver(() => User)
export class PreferencesResolver {
  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @Directive('@requires(fields: "locale timeZone")')
  @FieldResolver(() => NotificationPreferences, { nullable: true })
  async notificationPreferences(
    @Root() { id, timeZone }: User,
    @Ctx() { preferences }: NotificationsContext,
  ): Promise<NotificationPreferences> {
    const { quietHours, ...chosen } = await preferences.load(id)
    return {
      ...chosen,
      quietHours: quietHours && { ...quietHours, timeZone: timeZone ?? 'UTC' },
      mandatory: MANDATORY,
    }
  }

  // Each time that alerts are switched off is told by mail.
  @Directive('@authenticated')
  @Directive('@rateLimit(max: 20, window: "1h")')
  @Mutation(() => NotificationPreferencesPayload, {
    description: 'Whoever switches sign-in alerts off is told so.',
  })
  async updateNotificationPreferences(
    @Arg('input', () => NotificationPreferencesInput) input: NotificationPreferencesInput,
    @Ctx() context: NotificationsContext,
  ): Promise<NotificationPreferencesPayload> {
    const { userId } = personOf(context)
    const result = await context.notifications.changePreferences(userId, input, actorOf(context))
    if (result.kind === 'refused') return { user: null, userErrors: result.problems.map(userError) }
    context.preferences.clear(userId)
    return { user: { id: userId }, userErrors: [] }
  }
}
