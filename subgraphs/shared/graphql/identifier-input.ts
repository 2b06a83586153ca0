import { Field, InputType } from 'type-graphql'
import { EmailAddress, PhoneNumber } from './scalars.js'

@InputType({ description: 'Give exactly one of email, phoneNumber, username' })
export class IdentifierInput {
  @Field(() => EmailAddress, { nullable: true })
  email?: string | null

  @Field(() => PhoneNumber, { nullable: true })
  phoneNumber?: string | null

  @Field(() => String, { nullable: true })
  username?: string | null
}
