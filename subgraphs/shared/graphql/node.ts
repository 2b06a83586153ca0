import { Field, ID, InterfaceType } from 'type-graphql'

// One registry of classes serves every schema of a process, and each schema lists its own types.
@InterfaceType({
  autoRegisterImplementations: false,
  // What a field of this type gives says itself what it is.
  resolveType: (value: { __typename?: string }) => value.__typename,
  description:
    "Ids are TypeIDs: a type prefix and a UUIDv7, such as usr_01jz…; a token's `sub` equals `User.id`.",
})
export abstract class Node {
  @Field(() => ID)
  id!: string
}
