import { createUnionType, Field, InputType, ObjectType } from 'type-graphql'
import { IdentifierInput } from '../../shared/graphql/identifier-input.js'
import { DateTime, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { AuthenticationMethod, DeliveryChannel, TokenDelivery } from './enums.js'
import { Session } from './session.js'
import { AuthTokens } from './tokens.js'
import { User } from './user.js'

@InputType()
export class LoginInput {
  @Field(() => IdentifierInput)
  identifier!: IdentifierInput

  @Field(() => String, { nullable: true, description: 'password or a LOGIN grant from validateOtp' })
  password?: string | null

  @Field(() => Jwt, { nullable: true })
  grant?: string | null

  @Field(() => TokenDelivery, { defaultValue: 'COOKIE' })
  tokenDelivery!: keyof typeof TokenDelivery

  @Field(() => String, { nullable: true })
  deviceName?: string | null

  @Field(() => String, { nullable: true })
  deviceToken?: string | null
}

@ObjectType()
export class LoginSuccess {
  @Field(() => AuthTokens)
  tokens!: AuthTokens

  @Field(() => Session)
  session!: Session

  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => Boolean)
  isNewDevice!: boolean
}

@ObjectType()
export class SecondFactorRequired {
  @Field(() => String, { description: 'For `completeLogin`, within its time and five tries' })
  loginTicket!: string

  @Field(() => [AuthenticationMethod])
  methods!: readonly (keyof typeof AuthenticationMethod)[]

  @Field(() => DateTime)
  expiresAt!: Date
}

/** Further outcomes (an enrolment, a verification, a new password) join the union with the features behind them. */
export const LoginResult = createUnionType({
  name: 'LoginResult',
  types: () => [LoginSuccess, SecondFactorRequired] as const,
  resolveType: (value) => ('loginTicket' in value ? SecondFactorRequired : LoginSuccess),
})

@ObjectType()
export class LoginPayload {
  @Field(() => LoginResult, { nullable: true })
  result!: LoginSuccess | SecondFactorRequired | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class CompleteLoginInput {
  @Field(() => String)
  loginTicket!: string

  @Field(() => String, { nullable: true, description: 'TOTP, recovery code' })
  code?: string | null

  @Field(() => AuthenticationMethod, { nullable: true, description: 'What the code is' })
  method?: keyof typeof AuthenticationMethod | null

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'On this device a password is enough for 30 days',
  })
  trustDevice?: boolean | null
}

@ObjectType()
export class SignInOptions {
  @Field(() => Boolean)
  password!: boolean

  @Field(() => Boolean)
  passkey!: boolean

  @Field(() => Boolean)
  magicLink!: boolean

  @Field(() => [DeliveryChannel])
  otpChannels!: readonly (keyof typeof DeliveryChannel)[]

  @Field(() => [String])
  externalProviders!: string[]
}
