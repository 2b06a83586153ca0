import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { PageInfo } from '../../shared/graphql/connection.js'
import { DateTime, Locale } from '../../shared/graphql/scalars.js'
import { NotificationChannel, NotificationKind, NotificationStatus } from './kinds.js'

/** One message. Its attempts and its person are resolvers', not properties. */
@Directive('@key(fields: "id")')
@ObjectType()
export class Notification {
  @Field(() => ID)
  id!: string

  @Field(() => NotificationKind)
  kind!: NotificationKind

  @Field(() => NotificationChannel)
  channel!: NotificationChannel

  @Field(() => NotificationStatus)
  status!: NotificationStatus

  @Field(() => String)
  recipientMasked!: string

  @Field(() => String)
  template!: string

  @Field(() => Locale)
  locale!: string

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { nullable: true })
  sentAt!: Date | null

  /** Not in the graph: whose it is; null for nobody's. */
  userId!: string | null
}

@ObjectType()
export class NotificationEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => Notification)
  node!: Notification
}

@ObjectType()
export class NotificationConnection {
  @Field(() => [NotificationEdge])
  edges!: NotificationEdge[]

  @Field(() => [Notification])
  nodes!: Notification[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo
}
