import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { EmailAddress, Json, Locale, PhoneNumber } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { NotificationKind } from './kinds.js'
import { Notification } from './notification.js'

const KIND = {
  defaultValue: 'CUSTOM',
  description:
    'CUSTOM, or PRODUCT_NEWS to people who want news; all else is sent when what it tells of happens',
}
const IDEMPOTENCY_KEY = 'For a day: the same key and input is the same message, sent once'
const LOCALE = 'Without it the person’s, and English where there is neither'

@InputType({ description: 'One of userId, to' })
export class SendEmailInput {
  @Field(() => ID, { nullable: true, description: 'Somebody with a proved address' })
  userId?: string | null

  @Field(() => EmailAddress, { nullable: true })
  to?: string | null

  @Field(() => NotificationKind, KIND)
  kind!: NotificationKind

  @Field(() => String)
  template!: string

  @Field(() => Locale, { nullable: true, description: LOCALE })
  locale?: string | null

  @Field(() => Json, { nullable: true, description: 'An object: what each variable of the template is' })
  variables?: unknown

  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string
}

@InputType('SendSMSInput', { description: 'One of userId, to' })
export class SendSmsInput {
  @Field(() => ID, { nullable: true, description: 'Somebody with a proved number' })
  userId?: string | null

  @Field(() => PhoneNumber, { nullable: true })
  to?: string | null

  @Field(() => NotificationKind, KIND)
  kind!: NotificationKind

  @Field(() => String)
  template!: string

  @Field(() => Locale, { nullable: true, description: LOCALE })
  locale?: string | null

  @Field(() => Json, { nullable: true, description: 'An object: what each variable of the template is' })
  variables?: unknown

  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey!: string
}

@ObjectType()
export class SendNotificationPayload {
  @Field(() => Notification, { nullable: true })
  notification!: Notification | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
