import { createHttpSms, type SmsSender } from './http-sms.js'
import { judgeTwilio } from './twilio-answer.js'

export type TwilioSettings = {
  /** `https://api.twilio.com`, or whoever speaks its shape. */
  apiUrl: string
  accountSid: string
  authToken: string
  /** A number, a name, or a messaging service (`MG…`). */
  from: string
}

type Options = TwilioSettings & { statusUrl: string | null; messageUuid: (id: string) => string }

/**
 * Texts by Twilio's REST interface. It takes no key by which it would know a request again, so a text whose answer was
 * lost is sent twice.
 */
export function createTwilioSender(options: Options): SmsSender {
  const { apiUrl, accountSid, authToken, from, statusUrl, messageUuid } = options
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }

  return createHttpSms({
    provider: 'twilio',
    url: new URL(`/2010-04-01/Accounts/${accountSid}/Messages.json`, apiUrl).href,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    },
    requestOf: ({ id, recipient, text }) => ({
      body: new URLSearchParams({
        ...{ To: recipient, ...sender, Body: text },
        // The message is named in it: a status may come before the answer that says what Twilio calls it.
        ...(statusUrl !== null && { StatusCallback: `${statusUrl}?message=${messageUuid(id)}` }),
      }).toString(),
    }),
    judge: judgeTwilio,
  })
}
