/** Sends back what comes, as go-libp2p-daemon does at `/echo/1.0.0`. */
export async function echo(stream) {
  try {
    for await (const data of stream) {
      if (!stream.send(data)) await new Promise(resolve => stream.addEventListener('drain', resolve, { once: true }))
    }
    await stream.close()
  } catch (error) {
    stream.abort(error)
  }
}
