import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'

const JobStatus = { QUEUED: 'QUEUED', RUNNING: 'RUNNING', SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED' } as const
const DeletionMode = { ERASE: 'ERASE', ANONYMIZE: 'ANONYMIZE' } as const

registerEnumType(JobStatus, { name: 'JobStatus' })
registerEnumType(DeletionMode, {
  name: 'DeletionMode',
  description:
    'ANONYMIZE leaves the id, a `User` of whom nothing is known, for what other teams keep of somebody.',
})

@ObjectType({ description: 'What one subgraph holds of an account' })
export class DataPart {
  @Field(() => String)
  subgraph!: string

  @Field(() => JobStatus)
  status!: keyof typeof JobStatus

  @Field(() => Int, { nullable: true, description: 'How many records it was; null until it is done' })
  fields!: number | null
}

@ObjectType()
export class AccountDeletion {
  @Field(() => DateTime)
  requestedAt!: Date

  @Field(() => DateTime, { description: 'When the account goes; until then the deletion can be cancelled' })
  effectiveAt!: Date

  @Field(() => String, {
    nullable: true,
    description: 'In the words of who asked for it; gone with the account',
  })
  reason!: string | null

  @Field(() => [DataPart], { description: 'One for each subgraph that holds data of this account' })
  receipts!: DataPart[]
}

@InputType()
export class RequestAccountDeletionInput {
  @Field(() => String, { nullable: true, description: 'At most 500 characters' })
  reason?: string | null
}

@ObjectType()
export class RequestAccountDeletionPayload {
  @Field(() => AccountDeletion, { nullable: true, description: 'What is pending now' })
  deletion!: AccountDeletion | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class DeleteUserInput {
  @Field(() => ID)
  userId!: string

  @Field(() => DeletionMode, { defaultValue: 'ERASE' })
  mode!: keyof typeof DeletionMode
}

@ObjectType()
export class DeleteUserPayload {
  @Field(() => ID, { nullable: true })
  deletedUserId!: string | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
