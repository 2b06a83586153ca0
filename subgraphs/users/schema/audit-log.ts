import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../../shared/graphql/connection.js'
import { CalendarDate, DateTime, IpAddress, Json } from '../../shared/graphql/scalars.js'

const AuditOutcome = { SUCCESS: 'SUCCESS', FAILURE: 'FAILURE' } as const

registerEnumType(AuditOutcome, { name: 'AuditOutcome' })

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that was done, or tried. Nothing of it is ever changed.' })
export class AuditEvent {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  action!: string

  @Field(() => DateTime)
  at!: Date

  /** Whoever did it; `actor` reads the account. */
  actorId!: string | null
  /** Whomever it was done to; `subject` reads the account. */
  subjectId!: string | null

  @Directive('@tag(name: "pii")')
  @Field(() => IpAddress, { nullable: true })
  ip!: string | null

  @Field(() => String, { nullable: true })
  userAgent!: string | null

  @Field(() => String, { nullable: true })
  client!: string | null

  @Field(() => AuditOutcome)
  outcome!: keyof typeof AuditOutcome

  @Field(() => Json, { nullable: true })
  detail!: unknown

  @Field(() => CalendarDate, {
    description:
      'One chain a day over keyed digests, so that removal shows and personal data can still be erased',
  })
  chain!: string

  @Field(() => String)
  previousHash!: string

  @Field(() => String)
  hash!: string
}

@ObjectType()
export class AuditEventEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => AuditEvent)
  node!: AuditEvent
}

@ObjectType()
export class AuditEventConnection {
  @Field(() => [AuditEventEdge])
  edges!: AuditEventEdge[]

  @Field(() => [AuditEvent])
  nodes!: AuditEvent[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo
}

@InputType()
export class AuditLogFilter {
  @Field(() => [String], { nullable: true })
  action?: string[] | null

  @Field(() => ID, { nullable: true })
  actorId?: string | null

  @Field(() => ID, { nullable: true })
  subjectId?: string | null

  @Field(() => AuditOutcome, { nullable: true })
  outcome?: keyof typeof AuditOutcome | null

  @Field(() => DateTime, { nullable: true })
  since?: string | null

  @Field(() => DateTime, { nullable: true })
  until?: string | null

  @Field(() => IpAddress, { nullable: true })
  ip?: string | null
}
