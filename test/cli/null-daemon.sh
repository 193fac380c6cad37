#!/bin/sh
# A daemon that says all the right things at its start, takes every connection, and never answers.
while [ $# -gt 0 ]; do
  [ "$1" = -listen ] && path=${2#/unix}
  shift
done
exec "$NODE" -e "
  require('node:net').createServer(() => {}).listen('$path', () => {
    console.log('Control socket: /unix$path')
    console.log('Peer ID: 12D3KooWNdTpyfs3erwmBUMNqcQHzTQNjBAirbd1vLJUqNZid6eU')
    console.log('Peer Addrs:')
  })
"
