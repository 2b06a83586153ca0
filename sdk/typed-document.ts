/**
 * An operation as text that knows its result and variables. The field exists for the compiler alone; its name is the
 * one GraphQL clients agree on (`DocumentTypeDecoration`), so that these documents are typed in theirs too.
 */
export type TypedDocument<Result, Variables> = string & {
  readonly __apiType?: (variables: Variables) => Result
}
