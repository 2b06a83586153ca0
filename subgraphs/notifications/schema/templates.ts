import { Directive, Field, InputType, ObjectType } from 'type-graphql'
import { DateTime, Locale } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { NotificationChannel } from './kinds.js'

const BODY =
  'ICU MessageFormat. Of a mail: blocks with an empty line between. `# ` begins the heading, which comes first, and `> ` small print, `= ` a code, `| label | value` the rows of a table, `[label]({link})` a button; all else is a paragraph'

@Directive('@key(fields: "name locale")')
@ObjectType({ description: 'Words in force: an operator’s, or ours' })
export class NotificationTemplate {
  @Field(() => String, { description: 'The texts of a message are named as its mail, with `-sms` behind' })
  name!: string

  @Field(() => Locale)
  locale!: string

  @Field(() => NotificationChannel)
  channel!: NotificationChannel

  @Field(() => String, { nullable: true, description: 'Null in a text' })
  subject!: string | null

  @Field(() => String, { description: BODY })
  body!: string

  @Field(() => [String], { description: 'What it is filled with, besides `product` and, in a mail, `name`' })
  variables!: string[]

  @Field(() => DateTime, { description: '1970 where the words are as they came' })
  updatedAt!: Date
}

@ObjectType()
export class NotificationPreview {
  @Field(() => String, { nullable: true })
  subject!: string | null

  @Field(() => String)
  text!: string

  @Field(() => String, { nullable: true })
  html!: string | null
}

@InputType()
export class NotificationTemplateInput {
  @Field(() => String, {
    description:
      'Of one of ours, to put words in its place, or a name of one’s own, in small letters with hyphens',
  })
  name!: string

  @Field(() => Locale, { description: 'One of our languages, such as `de`, or of its countries, `de-AT`' })
  locale!: string

  @Field(() => NotificationChannel)
  channel!: NotificationChannel

  @Field(() => String, { nullable: true, description: 'Fixed: nothing is filled in' })
  subject?: string | null

  @Field(() => String, { description: 'Empty takes the words back' })
  body!: string
}

@ObjectType()
export class NotificationTemplatePayload {
  @Field(() => NotificationTemplate, { nullable: true, description: 'Null where the words were taken back' })
  template!: NotificationTemplate | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
