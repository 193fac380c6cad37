import { describeClient } from '../program.ts'
import { ENVIRONMENT, python, RECIPE } from './recipe.ts'

/** The Python client from PyPI. */

const UNIX_HANDLER = "path protocol must begin with '/'"

await describeClient({
  title: 'Python’s p2pclient 0.3.0',
  recipe: RECIPE,
  command: out => [...python(out), '-c', '/dev/null', '--rootdir', '.', 'every_function.py'],
  env: ENVIRONMENT,
  tests: [
    'test_listen',
    'test_close',
    'test_identify',
    'test_connect',
    'test_list_peers',
    'test_disconnect',
    'test_stream_open',
    'test_stream_handler',
    'test_connmgr_tag_peer',
    'test_connmgr_untag_peer',
    'test_connmgr_trim',
    'test_dht_find_peer',
    'test_dht_find_peers_connected_to_peer',
    'test_dht_find_providers',
    'test_dht_get_closest_peers',
    'test_dht_get_public_key',
    'test_dht_get_value',
    'test_dht_search_value',
    'test_dht_put_value',
    'test_dht_provide',
    'test_pubsub_get_topics',
    'test_pubsub_list_peers',
    'test_pubsub_publish',
    'test_pubsub_subscribe',
    'test_every_function_has_a_test',
  ],
  // The client's multiaddr package encodes /unix/x as "x", which go refuses as the address of a handler.
  failingOnGo: { Unix: { test_stream_open: UNIX_HANDLER, test_stream_handler: UNIX_HANDLER } },
})
