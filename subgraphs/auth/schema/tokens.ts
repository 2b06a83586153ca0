import { Field, InputType, ObjectType } from 'type-graphql'
import { DateTime, Json, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { AssuranceLevel, TokenInvalidReason, TokenType } from './enums.js'
import { Session } from './session.js'
import { User } from './user.js'

@ObjectType()
export class AuthTokens {
  @Field(() => Jwt)
  accessToken!: string

  @Field(() => DateTime)
  accessTokenExpiresAt!: Date

  @Field(() => TokenType)
  tokenType!: keyof typeof TokenType

  @Field(() => String, { nullable: true, description: 'Null when delivered as an HttpOnly cookie' })
  refreshToken!: string | null

  @Field(() => DateTime, { nullable: true })
  refreshTokenExpiresAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'For native clients: marks this device as known; browsers hold it as a cookie',
  })
  deviceToken!: string | null
}

@InputType()
export class RefreshTokenInput {
  @Field(() => String, { nullable: true })
  refreshToken?: string | null
}

@ObjectType()
export class RefreshTokenPayload {
  @Field(() => AuthTokens, { nullable: true })
  tokens!: AuthTokens | null

  @Field(() => Session, { nullable: true })
  session!: Session | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class LogoutInput {
  @Field(() => Boolean, { nullable: true, defaultValue: false })
  everywhere?: boolean | null

  @Field(() => String, {
    nullable: true,
    description: 'When the access token has expired; browsers send the cookie',
  })
  refreshToken?: string | null
}

@ObjectType()
export class LogoutPayload {
  @Field(() => Boolean)
  loggedOut!: boolean

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@ObjectType()
export class TokenValidation {
  @Field(() => Boolean)
  valid!: boolean

  @Field(() => TokenInvalidReason, { nullable: true })
  reason!: keyof typeof TokenInvalidReason | null

  @Field(() => User, { nullable: true })
  subject!: User | null

  @Field(() => Session, { nullable: true })
  session!: Session | null

  @Field(() => [String])
  scopes!: readonly string[]

  @Field(() => AssuranceLevel, { nullable: true })
  assurance!: keyof typeof AssuranceLevel | null

  @Field(() => DateTime, { nullable: true })
  authenticatedAt!: Date | null

  @Field(() => DateTime, { nullable: true })
  issuedAt!: Date | null

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => Json, { nullable: true })
  claims!: object | null
}
