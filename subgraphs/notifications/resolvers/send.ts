import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { NotificationsContext } from '../context.js'
import type { NotificationChannel } from '../schema/kinds.js'
import { SendEmailInput, SendNotificationPayload, SendSmsInput } from '../schema/send.js'

@Resolver()
export class SendResolver {
  @Directive('@requiresScopes(scopes: [["notifications:send"]])')
  @Mutation(() => SendNotificationPayload, {
    description: 'Sends one e-mail from a template. For services.',
  })
  sendEmail(
    @Arg('input', () => SendEmailInput) input: SendEmailInput,
    @Ctx() context: NotificationsContext,
  ): Promise<SendNotificationPayload> {
    return send('EMAIL', input, context)
  }

  @Directive('@requiresScopes(scopes: [["notifications:send"]])')
  @Mutation(() => SendNotificationPayload, {
    name: 'sendSMS',
    description: 'Sends one SMS from a template. For services.',
  })
  sendSms(
    @Arg('input', () => SendSmsInput) input: SendSmsInput,
    @Ctx() context: NotificationsContext,
  ): Promise<SendNotificationPayload> {
    return send('SMS', input, context)
  }
}

async function send(
  channel: NotificationChannel,
  { userId, to, kind, template, locale, variables, idempotencyKey }: SendEmailInput | SendSmsInput,
  context: NotificationsContext,
): Promise<SendNotificationPayload> {
  // `@requiresScopes` has refused whoever is nobody.
  const sender = { id: context.viewer?.userId ?? '', by: actorOf(context) }
  const input = { userId, to, kind, template, locale, variables, idempotencyKey }
  const result = await context.notifications.sendMessage(channel, input, sender)

  switch (result.kind) {
    case 'sent':
      return { notification: result.message, userErrors: [] }
    case 'conflict':
      throw new AppError('IDEMPOTENCY_CONFLICT')
    case 'refused':
      return { notification: null, userErrors: result.problems.map(userError) }
  }
}
