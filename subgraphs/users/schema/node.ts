import { Directive, ObjectType } from 'type-graphql'
import { Node } from '../../shared/graphql/node.js'

/** What `node` says of it is its id; all else is auth's. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Session', { implements: Node })
export class SessionNode extends Node {}
