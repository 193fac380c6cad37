/**
 * Bytes that one message may hold: it is kept until all of it is there, before anybody knows who sends it. Other
 * implementations write what their security protocol or muxer gives them, 64 KiB or 1 MiB.
 */
export const MAX_MESSAGE = 4 * 1024 * 1024
