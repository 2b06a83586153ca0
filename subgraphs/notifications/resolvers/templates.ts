import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import type { ReferenceResolver } from '../../shared/graphql/build-subgraph.js'
import { Json, Locale } from '../../shared/graphql/scalars.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { NotificationsContext } from '../context.js'
import {
  NotificationPreview,
  NotificationTemplate,
  NotificationTemplateInput,
  NotificationTemplatePayload,
} from '../schema/templates.js'

@Resolver()
export class TemplatesResolver {
  // All of ours in all languages, and as many as operators have.
  @Directive('@listSize(assumedSize: 750)')
  @Directive('@requiresScopes(scopes: [["notifications:read"]])')
  @Query(() => [NotificationTemplate], {
    description: 'The words of all messages, in one language or in all',
  })
  notificationTemplates(
    @Arg('locale', () => Locale, { nullable: true }) locale: string | null,
    @Ctx() { templates }: NotificationsContext,
  ): Promise<NotificationTemplate[]> {
    return templates.list(locale)
  }

  @Directive('@requiresScopes(scopes: [["notifications:read"]])')
  @Query(() => NotificationPreview, {
    description: 'What would be sent now, with examples where a variable is not given',
  })
  async previewNotification(
    @Arg('template', () => String) template: string,
    @Arg('locale', () => Locale) locale: string,
    @Arg('variables', () => Json) variables: unknown,
    @Ctx() { templates }: NotificationsContext,
  ): Promise<NotificationPreview> {
    const previewed = await templates.preview({ template, locale, variables })
    switch (previewed.kind) {
      case 'previewed':
        return previewed
      case 'unknown':
        throw new AppError('NOT_FOUND')
      case 'refused':
        throw new AppError('BAD_USER_INPUT', { field: previewed.field })
    }
  }

  @Directive('@requiresScopes(scopes: [["notifications:write"]])')
  @Mutation(() => NotificationTemplatePayload, {
    description: 'Puts words in the place of ours, or keeps a template of one’s own, for services to send',
  })
  async upsertNotificationTemplate(
    @Arg('input', () => NotificationTemplateInput) input: NotificationTemplateInput,
    @Ctx() context: NotificationsContext,
  ): Promise<NotificationTemplatePayload> {
    const { name, locale, channel, subject, body } = input
    const by = actorOf(context)
    const result = await context.templates.upsert({ name, locale, channel, subject, body }, by)
    switch (result.kind) {
      case 'put':
        return { template: context.templates.viewOf(result.template), userErrors: [] }
      case 'removed':
        return { template: null, userErrors: [] }
      case 'refused':
        return { template: null, userErrors: result.problems.map(userError) }
    }
  }
}

/** For whoever may read all words; to others there is none. */
export const templateByReference: ReferenceResolver<NotificationsContext> = async (
  reference,
  { templatesByKey, viewer },
) => {
  const { name, locale } = reference as unknown as NotificationTemplate // its key is these two
  if (!viewer?.scopes.includes('notifications:read')) return null
  return templatesByKey.load({ name, locale })
}
