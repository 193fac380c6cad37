/** Random numbers that a seed repeats: a failure names its seed, and can be played again. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    // a linear congruential generator's upper bits; Numerical Recipes' constants
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)))
  }
}

type Damage = (frame: Buffer, dice: Dice) => Uint8Array

/** What can go wrong with a frame on its way, or in a client that is broken or means harm. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  none: frame => frame,
  'flipped bits': (frame, dice) => {
    for (let count = 1 + dice.below(8); count > 0; count--) {
      const at = dice.below(frame.length)
      frame[at] = (frame[at] as number) ^ (1 << dice.below(8))
    }
    return frame
  },
  'flipped bits behind the length': (frame, dice) => {
    const at = 1 + dice.below(frame.length - 1)
    frame[at] = (frame[at] as number) ^ (1 << dice.below(8))
    return frame
  },
  'a cut end': (frame, dice) => frame.subarray(0, dice.below(frame.length)),
  'a cut body with its true length': (frame, dice) => framed(frame.subarray(1, 1 + dice.below(frame.length))),
  'a wrong length': (frame, dice) => Buffer.concat([dice.bytes(1), frame.subarray(1)]),
  'a huge length': (frame, dice) => Buffer.concat([Buffer.from([0xff, 0xff, 0xff, dice.below(128)]), frame]),
  'another type of request': (frame, dice) =>
    framed(Buffer.concat([frame.subarray(1), Buffer.from([8, dice.below(128)])])),
  'unknown fields': (frame, dice) =>
    framed(Buffer.concat([frame.subarray(1), Buffer.from([0xfa, 0x3e, 3]), dice.bytes(3)])),
  'a part doubled': (frame, dice) => {
    const [from, to] = [1 + dice.below(frame.length), 1 + dice.below(frame.length)].toSorted((a, b) => a - b)
    return framed(Buffer.concat([frame.subarray(1, to), frame.subarray(from)]))
  },
  'a part that is noise': (frame, dice) => {
    const noise = dice.bytes(1 + dice.below(8))
    const at = 1 + dice.below(frame.length)
    return framed(Buffer.concat([frame.subarray(1, at), noise, frame.subarray(at + noise.length)]))
  },
  'nothing but noise': (_frame, dice) => dice.bytes(1 + dice.below(64)),
  'an HTTP request': () => Buffer.from('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'),
}

/** A frame of less than 128 bytes, as sent by somebody who cannot be trusted. */
export function damaged(frame: Uint8Array, dice: Dice): Uint8Array {
  return (DAMAGES[dice.pick(Object.keys(DAMAGES))] as Damage)(Buffer.from(frame), dice)
}

function framed(body: Uint8Array): Buffer {
  const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
  return Buffer.concat([Buffer.from(length), body])
}
