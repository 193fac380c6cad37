import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { until } from '../../../harness/until.ts'
import { startDaemon } from '../start.ts'
import { ip } from './play.ts'

/** A daemon behind a router that speaks UPnP, played by this script; prints what the daemon then announces. */
const LAN = '192.168.7.2'
const OUTSIDE = '9.9.9.9'
const SERVICE = 'urn:schemas-upnp-org:service:WANIPConnection:2'
const DEVICE = 'urn:schemas-upnp-org:device:InternetGatewayDevice:2'

ip('link set lo up')
ip('link add lan0 type veth peer name lan1')
ip(`address add ${LAN}/24 dev lan0`)
ip('link set lan0 up')
ip('link set lan1 up')
ip('route add 239.0.0.0/8 dev lan0')

const mapped: string[] = []
const router = createServer(async (request, response) => {
  const body = await text(request)
  const action = /#(\w+)"/.exec(String(request.headers.soapaction))?.[1]
  response.setHeader('content-type', 'text/xml')
  if (action === undefined) {
    response.end(`<root><device><deviceType>${DEVICE}</deviceType><serviceList><service>
      <serviceType>${SERVICE}</serviceType><controlURL>/control</controlURL><SCPDURL>/scpd</SCPDURL>
      </service></serviceList></device></root>`)
    return
  }
  const [, port] = /<NewInternalPort>(\d+)</.exec(body) ?? []
  if (action === 'AddAnyPortMapping') mapped.push(String(/<NewInternalClient>(.*)</.exec(body)?.[1]))
  const answer =
    action === 'GetExternalIPAddress'
      ? `<NewExternalIPAddress>${OUTSIDE}</NewExternalIPAddress>`
      : `<NewReservedPort>${port}</NewReservedPort>`
  response.end(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
    <u:${action}Response xmlns:u="${SERVICE}">${answer}</u:${action}Response></s:Body></s:Envelope>`)
})
router.listen(0, LAN)
await once(router, 'listening')
const { port } = router.address() as { port: number }

const search = createSocket({ type: 'udp4', reuseAddr: true })
search.on('message', (_, asker) => {
  const lines = [
    'HTTP/1.1 200 OK',
    'CACHE-CONTROL: max-age=100',
    `LOCATION: http://${LAN}:${port}/`,
    `ST: ${DEVICE}`,
    `USN: uuid:1::${DEVICE}`,
  ]
  search.send(`${lines.join('\r\n')}\r\n\r\n`, asker.port, asker.address)
})
search.bind(1900, () => search.addMembership('239.255.255.250', LAN))
await once(search, 'listening')

{
  await using daemon = await startDaemon(['-natPortMap', '-hostAddrs', `/ip4/${LAN}/tcp/0`])
  const announced = async () => (await daemon.client.identify()).addrs.map(String)
  await until(async () => (await announced()).length === 2, { deadline: 30_000, what: 'the router’s address' })
  process.stdout.write(JSON.stringify({ announced: await announced(), mapped }))
}
search.close()
router.close()
