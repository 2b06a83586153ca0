import { Field, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../shared/graphql/user-error.js'

@InputType()
export class RotateSigningKeyInput {
  @Field(() => String, {
    nullable: true,
    description: 'emergency: the named key stops being accepted at once',
  })
  emergencyRemoveKid?: string | null
}

@ObjectType()
export class RotateSigningKeyPayload {
  @Field(() => String, { nullable: true, description: 'The one that signs' })
  activeKid!: string | null

  @Field(() => String, { nullable: true, description: 'Published, and the one that signs next' })
  nextKid!: string | null

  @Field(() => [String], { description: 'Sign no more; what they signed is still read' })
  retiringKids!: string[]

  @Field(() => [UserError])
  userErrors!: UserError[]
}
