import { Field, InputType, ObjectType } from 'type-graphql'
import { TimeZone } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { NotificationChannel, NotificationKind } from './kinds.js'
import { User } from './user.js'

@ObjectType()
export class QuietHours {
  @Field(() => String, { description: 'As on a clock: 22:00' })
  from!: string

  @Field(() => String, { description: 'Before `from` it is the next morning' })
  to!: string

  @Field(() => TimeZone, { description: 'The person’s; UTC where they have none' })
  timeZone!: string
}

@ObjectType()
export class NotificationPreferences {
  @Field(() => Boolean, {
    description: 'Of sign-ins on new devices; those after failed tries are told of all the same',
  })
  loginAlerts!: boolean

  @Field(() => Boolean)
  profileChanges!: boolean

  @Field(() => Boolean)
  productNews!: boolean

  @Field(() => NotificationChannel, { description: 'For what may go either way' })
  preferredChannel!: NotificationChannel

  @Field(() => QuietHours, {
    nullable: true,
    description: 'No code and nothing about security waits for their end',
  })
  quietHours!: QuietHours | null

  @Field(() => [NotificationKind], { description: 'Security mail cannot be switched off' })
  mandatory!: readonly NotificationKind[]
}

@InputType()
export class QuietHoursInput {
  @Field(() => String)
  from!: string

  @Field(() => String)
  to!: string
}

@InputType({ description: 'What is not given stays as it is' })
export class NotificationPreferencesInput {
  @Field(() => Boolean, { nullable: true })
  loginAlerts?: boolean | null

  @Field(() => Boolean, { nullable: true })
  profileChanges?: boolean | null

  @Field(() => Boolean, { nullable: true })
  productNews?: boolean | null

  @Field(() => NotificationChannel, { nullable: true })
  preferredChannel?: NotificationChannel | null

  @Field(() => QuietHoursInput, { nullable: true, description: 'Null ends them' })
  quietHours?: QuietHoursInput | null
}

@ObjectType()
export class NotificationPreferencesPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
