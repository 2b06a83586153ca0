import { Arg, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { connectionOf, readPage } from '../../shared/graphql/connection.js'
import { userError } from '../../shared/graphql/user-error.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AuthContext } from '../context.js'
import {
  type ApiClient,
  ApiClientConnection,
  ApiClientPayload,
  ClientTokenPayload,
  CreateApiClientInput,
  DeleteApiClientPayload,
  IssueClientTokenInput,
} from '../schema/api-clients.js'

const isClientId = (id: string): boolean => isId(ID_PREFIXES.apiClient, id)
const NOT_FOUND: Problem = { code: 'NOT_FOUND', field: ['id'] }

@Resolver()
export class ApiClientsResolver {
  @Directive('@requiresScopes(scopes: [["clients:read"]])')
  @Query(() => ApiClientConnection, { description: 'Machine callers, newest first' })
  async apiClients(
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { auth }: AuthContext,
  ): Promise<ApiClientConnection> {
    const page = readPage({ first, after }, isClientId)
    return connectionOf(await auth.clients.list(page), page)
  }

  @Directive('@requiresScopes(scopes: [["clients:write"]])')
  @Directive('@assurance')
  @Mutation(() => ApiClientPayload, {
    description: 'Registers a machine caller, such as a service that sends notifications.',
  })
  async createApiClient(
    @Arg('input', () => CreateApiClientInput) input: CreateApiClientInput,
    @Ctx() context: AuthContext,
  ): Promise<ApiClientPayload> {
    const { auth, viewer } = context
    return payloadOf(await auth.apiClients.create(viewer?.scopes ?? [], input, actorOf(context)))
  }

  @Directive('@requiresScopes(scopes: [["clients:write"]])')
  @Directive('@assurance')
  @Mutation(() => ApiClientPayload, {
    description:
      'Gives a machine caller another secret; the old one and its tokens are refused from here on.',
  })
  async rotateApiClientSecret(
    @Arg('id', () => ID) id: string,
    @Ctx() context: AuthContext,
  ): Promise<ApiClientPayload> {
    if (!isClientId(id)) return refused([NOT_FOUND])
    const held = context.viewer?.scopes ?? []
    return payloadOf(await context.auth.apiClients.rotateSecret(held, id, actorOf(context)))
  }

  @Directive('@requiresScopes(scopes: [["clients:write"]])')
  @Mutation(() => DeleteApiClientPayload, { description: 'Its tokens are refused from here on.' })
  async deleteApiClient(
    @Arg('id', () => ID) id: string,
    @Ctx() context: AuthContext,
  ): Promise<DeleteApiClientPayload> {
    if (!isClientId(id)) return { deletedApiClientId: null, userErrors: [userError(NOT_FOUND)] }
    const result = await context.auth.apiClients.delete(context.viewer?.scopes ?? [], id, actorOf(context))
    switch (result.kind) {
      case 'deleted':
        return { deletedApiClientId: id, userErrors: [] }
      case 'refused':
        return { deletedApiClientId: null, userErrors: result.problems.map(userError) }
      case 'forbidden':
        throw new AppError('FORBIDDEN')
    }
  }

  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ClientTokenPayload, {
    description:
      'Trades the secret of a machine caller for an access token of five minutes (RFC 6749, section 4.4). There is no refresh token: ask again.',
  })
  async issueClientToken(
    @Arg('input', () => IssueClientTokenInput) input: IssueClientTokenInput,
    @Ctx() { auth, caller }: AuthContext,
  ): Promise<ClientTokenPayload> {
    const result = await auth.apiClients.issueToken({
      clientId: isClientId(input.clientId) ? input.clientId : NOBODY,
      clientSecret: input.clientSecret,
      scopes: input.scopes ?? null,
      ip: caller.clientIp,
    })

    switch (result.kind) {
      case 'refused':
        return { accessToken: null, expiresAt: null, scopes: [], userErrors: result.problems.map(userError) }
      case 'issued': {
        const { token, expiresAt } = result.token
        return { accessToken: token, expiresAt, scopes: result.scopes, userErrors: [] }
      }
    }
  }
}

/** An id that is never given out: what is no id at all takes the same steps as one that nobody has. */
const NOBODY = 'cli_00000000000000000000000000'

/** A machine caller by reference: the type's own rule has asked for the scope. */
export const loadApiClient = async (id: string, { auth, viewer }: AuthContext): Promise<ApiClient | null> =>
  isClientId(id) && viewer?.scopes.includes('clients:read') ? auth.clients.find(id) : null

type Made = Awaited<ReturnType<AuthContext['auth']['apiClients']['create']>>

function payloadOf(result: Made): ApiClientPayload {
  switch (result.kind) {
    case 'made':
      return { client: result.client, clientSecret: result.secret, userErrors: [] }
    case 'refused':
      return refused(result.problems)
    case 'forbidden':
      throw new AppError('FORBIDDEN')
  }
}

const refused = (problems: Problem[]): ApiClientPayload => ({
  client: null,
  clientSecret: null,
  userErrors: problems.map(userError),
})
