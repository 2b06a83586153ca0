// What `@usergraph/sdk` offers: the one list of re-exports in this repository, because an installed package has one door.

export type * from './__generated__/operations.js'
export {
  CheckPasswordDocument,
  CurrentSessionDocument,
  GenerateOtpDocument,
  MeDocument,
  MyNotificationsDocument,
  MySessionsDocument,
  PasswordPolicyDocument,
  RegisterDocument,
  ResendEmailVerificationDocument,
  SignInOptionsDocument,
  UpdateProfileDocument,
  UserDocument,
  ValidateOtpDocument,
  ValidateTokenDocument,
  VerifyEmailDocument,
} from './__generated__/operations.js'
export type { Answer } from './answer.js'
export { createUsergraphClient, type UsergraphClient, type UsergraphClientOptions } from './client.js'
export { UsergraphError, type UsergraphErrorCode } from './errors.js'
export type { SignedOutReason } from './session.js'
export type { SignInInput, SignInResult } from './sign-in.js'
export type { SignOutOptions } from './sign-out.js'
export {
  createBrowserTokenStore,
  createMemoryTokenStore,
  NO_TOKENS,
  type TokenStore,
  type Tokens,
} from './token-store.js'
export type { ExecuteOptions } from './transport.js'
export type { TypedDocument } from './typed-document.js'
