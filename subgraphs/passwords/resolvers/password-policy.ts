import { Ctx, Directive, Query, Resolver } from 'type-graphql'
import type { PasswordsContext } from '../context.js'
import { PasswordPolicy } from '../schema/password.js'

@Resolver()
export class PasswordPolicyResolver {
  @Directive('@public')
  @Directive('@cacheControl(maxAge: 300, scope: PUBLIC)')
  @Query(() => PasswordPolicy)
  passwordPolicy(@Ctx() { passwords }: PasswordsContext): PasswordPolicy {
    const { minLength, maxLength, breachCheck, historySize } = passwords.policy
    return { minLength, maxLength, breachCheck, historySize }
  }
}
