import * as z from 'zod'

const figure = (value: number, max: number, what: string) =>
  z.int().min(1).max(max).default(value).describe(what)

export const connections = z
  .strictObject({
    total: figure(5_000, 1_000_000, 'Open connections in all; more are answered 503 and closed'),
    perNetwork: figure(
      200,
      1_000_000,
      'Open connections of one address, or /64 of IPv6. Not counted behind proxies, whose connections are everybody’s',
    ),
    headersSeconds: figure(10, 600, 'For the headers of a request, from the first byte or the connection on'),
    requestSeconds: figure(15, 600, 'For a whole request, with its body'),
    idleSeconds: figure(
      65,
      3_600,
      'Between two requests. Longer than a balancer in front keeps its connections',
    ),
    answerSeconds: figure(30, 600, 'For a client to take its answer, from when it begins'),
  })
  .refine(({ headersSeconds, requestSeconds }) => headersSeconds <= requestSeconds, {
    path: ['headersSeconds'],
    message: 'must be no more than requestSeconds',
  })
  .prefault({})
  .describe('How many there may be, and how slow: who takes longer is cut off (SECURITY 2.9)')
