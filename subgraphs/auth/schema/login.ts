import { createUnionType, Field, InputType, ObjectType } from 'type-graphql'
import { IdentifierInput } from '../../shared/graphql/identifier-input.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { DeliveryChannel, TokenDelivery } from './enums.js'
import { Session } from './session.js'
import { AuthTokens } from './tokens.js'
import { User } from './user.js'

@InputType()
export class LoginInput {
  @Field(() => IdentifierInput)
  identifier!: IdentifierInput

  @Field(() => String, { nullable: true, description: 'password or a LOGIN grant from validateOtp' })
  password?: string | null

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

/** Further outcomes (a second factor, a verification, a new password) join the union with the features behind them. */
export const LoginResult = createUnionType({
  name: 'LoginResult',
  types: () => [LoginSuccess] as const,
  resolveType: () => LoginSuccess,
})

@ObjectType()
export class LoginPayload {
  @Field(() => LoginResult, { nullable: true })
  result!: LoginSuccess | null

  @Field(() => [UserError])
  userErrors!: UserError[]
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
  otpChannels!: (keyof typeof DeliveryChannel)[]

  @Field(() => [String])
  externalProviders!: string[]
}
