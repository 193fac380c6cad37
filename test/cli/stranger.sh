#!/bin/sh
# A p2pd that nobody has described: older than some of the flags, and than the requests that go-libp2p-daemon never had.
for word; do
  case $word in
    -plaintext* | -psk*)
      echo "flag provided but not defined: ${word%%=*}" >&2
      echo 'Usage of p2pd:' >&2
      exit 2
      ;;
  esac
done
exec "$P2PD" "$@"
