import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'
import { DeviceInfo } from './session.js'

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A device on which its owner is asked for no second factor' })
export class TrustedDevice {
  @Field(() => ID)
  id!: string

  @Field(() => DeviceInfo)
  device!: DeviceInfo

  @Field(() => DateTime)
  trustedUntil!: Date
}
