import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { AssuranceLevel, AuthenticationMethod } from './enums.js'
import { Session } from './session.js'
import { AuthTokens } from './tokens.js'

@InputType({ description: 'Without assurance: the strongest factor the person has enrolled' })
export class BeginStepUpInput {
  @Field(() => AssuranceLevel, { nullable: true })
  assurance?: keyof typeof AssuranceLevel | null

  @Field(() => Int, {
    nullable: true,
    description: 'A proof of at most this age will do; without it a new one is asked for in any case',
  })
  maxAgeSeconds?: number | null
}

@ObjectType()
export class BeginStepUpPayload {
  @Field(() => String, { nullable: true, description: 'Null when what was proved already is enough' })
  stepUpTicket!: string | null

  @Field(() => [AuthenticationMethod])
  methods!: (keyof typeof AuthenticationMethod)[]

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class CompleteStepUpInput {
  @Field(() => String)
  stepUpTicket!: string

  @Field(() => AuthenticationMethod)
  method!: keyof typeof AuthenticationMethod

  @Field(() => String, { nullable: true, description: 'Of the authenticator app' })
  code?: string | null

  @Field(() => Jwt, { nullable: true, description: 'MFA grant from validateOtp' })
  grant?: string | null

  @Field(() => String, { nullable: true })
  password?: string | null
}

@ObjectType()
export class CompleteStepUpPayload {
  @Field(() => AuthTokens, { nullable: true })
  tokens!: AuthTokens | null

  @Field(() => Session, { nullable: true })
  session!: Session | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
