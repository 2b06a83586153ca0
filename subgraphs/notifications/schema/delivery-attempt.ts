import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'
import { NotificationStatus } from './kinds.js'

@ObjectType()
export class DeliveryAttempt {
  @Field(() => DateTime)
  at!: Date

  @Field(() => String)
  provider!: string

  @Field(() => NotificationStatus)
  outcome!: NotificationStatus

  @Field(() => String, { nullable: true })
  providerMessageId!: string | null

  @Field(() => String, { nullable: true })
  error!: string | null

  @Field(() => DateTime, { nullable: true })
  nextAttemptAt!: Date | null
}
