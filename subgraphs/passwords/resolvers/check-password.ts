import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql'
import type { PasswordsContext } from '../context.js'
import { CheckPasswordArgs, PasswordCheck } from '../schema/password.js'

@Resolver()
export class CheckPasswordResolver {
  @Directive('@credential')
  @Directive('@public')
  @Query(() => PasswordCheck, {
    description: 'Local estimate and policy check; the password is never stored or logged',
  })
  async checkPassword(
    @Args(() => CheckPasswordArgs) { password, userInputs }: CheckPasswordArgs,
    @Ctx() { passwords }: PasswordsContext,
  ): Promise<PasswordCheck> {
    const { acceptable, score, reasons, suggestions } = await passwords.checkForVisitor({
      password,
      userInputs: userInputs ?? [],
    })
    return { acceptable, score, reasons, suggestions }
  }
}
