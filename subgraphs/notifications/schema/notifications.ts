import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'
import { NotificationChannel, NotificationKind, NotificationStatus } from './kinds.js'

@InputType()
export class NotificationFilter {
  @Field(() => [NotificationStatus], { nullable: true })
  status?: NotificationStatus[] | null

  @Field(() => [NotificationKind], { nullable: true })
  kind?: NotificationKind[] | null

  @Field(() => NotificationChannel, { nullable: true })
  channel?: NotificationChannel | null

  @Field(() => ID, { nullable: true })
  userId?: string | null

  @Field(() => DateTime, { nullable: true })
  since?: string | null
}
