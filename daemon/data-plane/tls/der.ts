/** The types of ASN.1 that certificates are made of, by their tags. */
export const Tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  boolean: 0x01,
  sequence: 0x30,
  set: 0x31,
  /** `[0] EXPLICIT`: the version of a certificate. */
  explicit0: 0xa0,
  /** `[3] EXPLICIT`: the extensions of a certificate. */
  explicit3: 0xa3,
} as const

/** One value of a structure in DER. */
export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** The value with its tag and length. */
  readonly whole: Uint8Array
}

/**
 * Reads the values that stand one behind the other.
 *
 * @throws RangeError for bytes that are not DER
 */
export function readValues(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const value = readValue(bytes.subarray(at))
    values.push(value)
    at += value.whole.length
  }
  return values
}

function readValue(bytes: Uint8Array): DerValue {
  const [tag, first] = bytes
  // tags of several bytes are in no certificate
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new RangeError('malformed DER')
  const { length, start } = readLength(bytes, first)
  const end = start + length
  if (end > bytes.length) throw new RangeError('DER that ends too early')
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(0, end) }
}

/** Longer ones are in no handshake. */
const MOST_LENGTH_BYTES = 3

function readLength(bytes: Uint8Array, first: number): { length: number; start: number } {
  if (first < 0x80) return { length: first, start: 2 }
  const count = first & 0x7f
  const digits = bytes.subarray(2, 2 + count)
  if (count === 0 || count > MOST_LENGTH_BYTES || digits.length < count) throw new RangeError('malformed DER length')
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0)
  // there is one way to write a length
  if (digits[0] === 0 || length < 0x80) throw new RangeError('a DER length that is longer than it need be')
  return { length, start: 2 + count }
}

/** Writes a value. */
export function writeValue(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), writeLength(content.length), content])
}

function writeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const digits: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256)
  return Uint8Array.of(0x80 | digits.length, ...digits)
}

/** An object identifier such as `2.5.4.5`. */
export function writeOid(text: string): Uint8Array {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number)
  return writeValue(Tag.oid, Uint8Array.from([first * 40 + second, ...others].flatMap(base128)))
}

function base128(arc: number): number[] {
  const digits = [arc % 128]
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 | (left % 128))
  return digits
}
