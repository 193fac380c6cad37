/** Reports the tests of `node:test` as go's testing package does. */
// biome-ignore lint/style/noDefaultExport: node looks for the reporter there
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const error = data.details.error?.cause ?? data.details.error
    if (type === 'test:fail') yield `${error?.stack ?? error}\n`
    const outcome = data.skip === undefined ? (type === 'test:pass' ? 'PASS' : 'FAIL') : 'SKIP'
    yield `--- ${outcome}: ${data.name} (${(data.details.duration_ms / 1000).toFixed(2)}s)\n`
  }
}
