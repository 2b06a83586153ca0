import { Directive, Field, ObjectType } from 'type-graphql'
import { PageInfo } from '../../shared/graphql/connection.js'
import { Node } from '../../shared/graphql/node.js'
import { DateTime, IpAddress } from '../../shared/graphql/scalars.js'
import { AssuranceLevel, AuthenticationMethod, DeviceKind, SessionState } from './enums.js'
import { User } from './user.js'

@ObjectType()
export class DeviceInfo {
  @Field(() => String)
  name!: string

  @Field(() => String, { nullable: true })
  browser!: string | null

  @Field(() => String, { nullable: true })
  os!: string | null

  @Field(() => DeviceKind)
  kind!: keyof typeof DeviceKind
}

@Directive('@key(fields: "id")')
@ObjectType({ implements: Node })
export class Session extends Node {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => Boolean)
  isCurrent!: boolean

  @Field(() => SessionState)
  state!: keyof typeof SessionState

  @Field(() => AssuranceLevel)
  assurance!: keyof typeof AssuranceLevel

  @Field(() => [AuthenticationMethod])
  methods!: (keyof typeof AuthenticationMethod)[]

  @Field(() => DeviceInfo)
  device!: DeviceInfo

  @Directive('@tag(name: "pii")')
  @Field(() => IpAddress, { nullable: true })
  ip!: string | null

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime)
  lastSeenAt!: Date

  @Field(() => DateTime)
  idleExpiresAt!: Date

  @Field(() => DateTime)
  absoluteExpiresAt!: Date

  @Field(() => DateTime)
  authenticatedAt!: Date
}

@ObjectType()
export class SessionEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => Session)
  node!: Session
}

@ObjectType()
export class SessionConnection {
  @Field(() => [SessionEdge])
  edges!: SessionEdge[]

  @Field(() => [Session])
  nodes!: Session[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo
}
