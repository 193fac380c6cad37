import { expect, test } from 'vitest'
import { decodeConfigFile } from './config-file.ts'
import { ConfigError } from './failure.ts'

test('fields are found in any letter case, unknown ones and nulls are passed over', () => {
  expect(
    decodeConfigFile('{"quiet": true, "ID": null, "dht": {"MODE": "full", "x": 1}, "$schema": "y", "__proto__": {}}'),
  ).toEqual({ Quiet: true, DHT: { Mode: 'full' } })
})

test('the last of several spellings wins', () => {
  expect(decodeConfigFile('{"Quiet": true, "quiet": false}')).toEqual({ Quiet: false })
})

test('null says nothing', () => {
  expect(decodeConfigFile('null')).toEqual({})
})

test('multiaddrs are strings, one alone or in an array', () => {
  expect(
    decodeConfigFile('{"ListenAddr": "/unix/a", "HostAddresses": ["/a", "/b"], "AnnounceAddresses": "/c"}'),
  ).toEqual({
    ListenAddr: '/unix/a',
    HostAddresses: ['/a', '/b'],
    AnnounceAddresses: ['/c'],
  })
})

test('durations are nanoseconds', () => {
  expect(decodeConfigFile('{"ConnectionManager": {"GracePeriod": 120000000000}}')).toEqual({
    ConnectionManager: { GracePeriod: 120e9 },
  })
})

test.each([
  ['', 'unexpected end of JSON input'],
  [' ', 'unexpected end of JSON input'],
  ['{', 'unexpected end of JSON input'],
  ['{"a"', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"a":1', 'unexpected end of JSON input'],
  ['{"a":1,', 'unexpected end of JSON input'],
  ['{"a":"x', 'unexpected end of JSON input'],
  ['[1', 'unexpected end of JSON input'],
  ['{} t', "invalid character 't' after top-level value"],
  ['{}{}', "invalid character '{' after top-level value"],
  ['x', "invalid character 'x' looking for beginning of value"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a" "b"}', "invalid character '\"' after object key"],
  ['{"a":1 2}', "invalid character '2' after object key:value pair"],
  ['{"a":01}', "invalid character '1' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{"a":"\n"}', "invalid character '\\n' in string literal"],
  ['{"a":"\\q"}', "invalid character 'q' in string escape code"],
  ['{"a":"\\uzz"}', "invalid character 'z' in \\u hexadecimal character escape"],
  ['{"a":-}', "invalid character '}' in numeric literal"],
  ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
  ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
])('malformed JSON %j is refused in the words of go', (text, message) => {
  expect(() => decodeConfigFile(text)).toThrow(new ConfigError(message))
})

test.each([
  ['[]', 'array into Go value of type config.defaultConfig'],
  ['3', 'number into Go value of type config.defaultConfig'],
  [
    '{"ConnectionManager":{"LowWaterMark":1e30}}',
    'number 1e30 into Go struct field ConnectionManager.ConnectionManager.LowWaterMark of type int',
  ],
  [
    '{"ConnectionManager":{"LowWaterMark":1e2}}',
    'number 1e2 into Go struct field ConnectionManager.ConnectionManager.LowWaterMark of type int',
  ],
  [
    '{"ConnectionManager":{"GracePeriod":1.0}}',
    'number 1.0 into Go struct field ConnectionManager.ConnectionManager.GracePeriod of type time.Duration',
  ],
  [
    '{"ConnectionManager":{"LowWaterMark":99999999999999999999}}',
    'number 99999999999999999999 into Go struct field ConnectionManager.ConnectionManager.LowWaterMark of type int',
  ],
  ['{"PProf":{"Port":-0}}', 'number -0 into Go struct field PProf.PProf.Port of type uint'],
  ['{"PProf":1}', 'number into Go struct field defaultConfig.PProf of type config.PProf'],
  ['{"Quiet":1}', 'number into Go struct field defaultConfig.Quiet of type bool'],
  ['{"quiet":{}}', 'object into Go struct field defaultConfig.Quiet of type bool'],
  ['{"ID":true}', 'bool into Go struct field defaultConfig.ID of type string'],
  ['{"DHT":[]}', 'array into Go struct field defaultConfig.DHT of type config.DHT'],
  ['{"DHT":{"Mode":3}}', 'number into Go struct field DHT.DHT.Mode of type string'],
  [
    '{"ConnectionManager":{"GracePeriod":"5s"}}',
    'string into Go struct field ConnectionManager.ConnectionManager.GracePeriod of type time.Duration',
  ],
  [
    '{"ConnectionManager":{"LowWaterMark":1.5}}',
    'number 1.5 into Go struct field ConnectionManager.ConnectionManager.LowWaterMark of type int',
  ],
  ['{"PProf":{"Port":-1}}', 'number -1 into Go struct field PProf.PProf.Port of type uint'],
  [
    '{"PubSub":{"GossipSubHeartbeat":{"Interval":"x"}}}',
    'string into Go struct field GossipSubHeartbeat.PubSub.GossipSubHeartbeat.Interval of type time.Duration',
  ],
  ['{"HostAddresses":[1]}', 'array into Go struct field defaultConfig.HostAddresses of type config.MaddrArray'],
])('a value of the wrong type in %s is refused in the words of go', (text, message) => {
  expect(() => decodeConfigFile(text)).toThrow(new ConfigError(`json: cannot unmarshal ${message}`))
})
