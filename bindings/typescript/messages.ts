import { DHTResponse, Event, type encode, PSMessage, Request, Response, StreamInfo } from '../../proto/codec.ts'

/** The messages that travel in frames of their own, by name; all others are fields of these. */
export interface Messages {
  readonly Request: Request
  readonly Response: Response
  readonly StreamInfo: StreamInfo
  readonly DHTResponse: DHTResponse
  readonly PSMessage: PSMessage
  readonly Event: Event
}

export type MessageName = keyof Messages

type MessageType<Message extends object> = Parameters<typeof encode<Message>>[0]

/** What encodes and decodes each message. Keyed by name, because a bundler may rename the generated classes. */
export const messageTypes: { readonly [Name in MessageName]: MessageType<Messages[Name]> } = {
  Request,
  Response,
  StreamInfo,
  DHTResponse,
  PSMessage,
  Event,
}
