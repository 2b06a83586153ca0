import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql'
import { PageInfo } from '../../shared/graphql/connection.js'
import { DateTime, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'

@Directive('@key(fields: "id")')
@Directive('@requiresScopes(scopes: [["clients:read"]])')
@ObjectType({ description: 'A machine caller, such as a service that sends messages' })
export class ApiClient {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string

  @Field(() => [String], { description: 'What its tokens may do; a token may have fewer' })
  scopes!: string[]

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it last got a token' })
  lastUsedAt!: Date | null

  @Field(() => DateTime)
  secretRotatedAt!: Date
}

@ObjectType()
export class ApiClientEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => ApiClient)
  node!: ApiClient
}

@ObjectType()
export class ApiClientConnection {
  @Field(() => [ApiClientEdge])
  edges!: ApiClientEdge[]

  @Field(() => [ApiClient])
  nodes!: ApiClient[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo
}

@InputType()
export class CreateApiClientInput {
  @Field(() => String)
  name!: string

  @Field(() => [String], { description: 'Such as notifications:send; nothing that you may not do yourself' })
  scopes!: string[]
}

@ObjectType()
export class ApiClientPayload {
  @Field(() => ApiClient, { nullable: true })
  client!: ApiClient | null

  @Field(() => String, { nullable: true, description: 'Shown once' })
  clientSecret!: string | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@ObjectType()
export class DeleteApiClientPayload {
  @Field(() => ID, { nullable: true })
  deletedApiClientId!: string | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class IssueClientTokenInput {
  @Field(() => ID)
  clientId!: string

  @Field(() => String)
  clientSecret!: string

  @Field(() => [String], { nullable: true, description: 'Without it: all that the client has' })
  scopes?: string[] | null
}

@ObjectType()
export class ClientTokenPayload {
  @Field(() => Jwt, { nullable: true })
  accessToken!: string | null

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => [String])
  scopes!: string[]

  @Field(() => [UserError])
  userErrors!: UserError[]
}
