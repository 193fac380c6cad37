/** The first line of text that is long enough to be meant as such. */
const LINE = /^[\x20-\x7e]{4,256}(?=\r?\n)/

const HTTP_REQUEST = /^[A-Z]{3,7} \S+ HTTP\/[\d.]+$/

/** Something that talks to the control socket in lines of text. */
export interface StrayText {
  readonly line: string
  readonly http: boolean
}

/**
 * Recognises a client that speaks text, by the first bytes that it sends: to the framing they are the length of a message,
 * for whose end the daemon would wait for ever. No request begins so: behind its length stands the tag of its type, and
 * behind the tag of any other part, and the length of that, the tag of a field within.
 */
export function findStrayText(firstBytes: Uint8Array): StrayText | undefined {
  const line = LINE.exec(Buffer.from(firstBytes.subarray(0, 512)).toString('latin1'))?.[0]
  return line === undefined ? undefined : { line, http: HTTP_REQUEST.test(line) }
}

const EXPLANATION = 'This is the control socket of p2pd. It speaks length-prefixed protobuf messages, not HTTP.\n'

/** What an HTTP client can read. */
export const HTTP_ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/plain',
  `Content-Length: ${EXPLANATION.length}`,
  'Connection: close',
  '',
  EXPLANATION,
].join('\r\n')
