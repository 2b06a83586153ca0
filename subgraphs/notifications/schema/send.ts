import { Field, ObjectType } from 'type-graphql'
import { UserError } from '../../shared/graphql/user-error.js'
import { Notification } from './notification.js'

@ObjectType()
export class SendNotificationPayload {
  @Field(() => Notification, { nullable: true })
  notification!: Notification | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
