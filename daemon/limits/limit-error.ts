/** One of the daemon's limits is reached. Requests answer it with ERR_LIMIT; the message names the limit. */
export class LimitError extends Error {
  override readonly name = 'LimitError'

  /**
   * @param limit how many there may be
   * @param of of what
   * @param flag the flag that sets the limit, where one does
   */
  constructor(limit: number, of: string, flag?: string) {
    super(`resource limit exceeded: ${limit} ${of}${flag === undefined ? '' : ` (-${flag})`}`)
  }
}
