# Sourced by the programs next to it, which set $bin, this folder, and $node_options.

root=$(dirname -- "$bin")

# launch <program> <source> [<argument>...]
# Becomes Node running dist/<program>.mjs if that is there and up to date, else <source>.ts.
launch() {
  program=$1
  bundle=$root/dist/$1.mjs
  source=$root/$2.ts
  # what the bundle is made of; the daemon knows nothing of the harness
  case $1 in
    p2p-scenarios) folders='daemon names proto bindings harness reports scenarios' ;;
    *) folders='daemon names proto' ;;
  esac
  shift 2
  find_node
  if bundle_is_current; then
    exec "$node" $node_options "$bundle" "$@"
  fi
  # The first releases of Node 24 warn about running TypeScript.
  exec "$node" $node_options --disable-warning=ExperimentalWarning "$source" "$@"
}

# Sets $node to the Node that npm installed here, or else to the one on PATH.
find_node() {
  found=
  for node in "$root/node_modules/.bin/node" "$(command -v node)"; do
    version=$("$node" --version 2>/dev/null) || continue
    major=${version#v}
    [ "${major%%.*}" -ge 24 ] && return
    found="$found${found:+, }$version at $node"
  done
  echo "$program: needs Node.js 24 or newer, found ${found:-none}; run 'npm ci' in $root, or put a newer one on PATH" >&2
  exit 1
}

# The bundle may be all there is: in a published package there are no sources to be newer.
bundle_is_current() {
  [ -f "$bundle" ] && [ -z "$(
    cd -- "$root" && find $folders package-lock.json -type f \
      \( -name '*.ts' -o -name '*.js' -o -name package-lock.json \) ! -name '*.test.ts' -newer "$bundle" 2>/dev/null
  )" ]
}
