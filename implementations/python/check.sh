#!/bin/sh
# Checks this daemon's source: ruff, mypy in its strict mode, and its tests, by pytest.
#
# Needs the Python of a build (build.py, or {out}/venv/bin/python of `npm run scenarios -- doctor`), and a folder for the
# tools themselves, which are installed there the first time: sh check.sh PYTHON FOLDER
set -eu
cd -- "$(dirname -- "$0")"
python=$1
tools=$2/$(cksum < tools.txt | tr -d ' ')

if [ ! -e "$tools/complete" ]; then
  rm -rf -- "$tools"
  "$python" -m pip install --disable-pip-version-check --quiet --require-hashes --target "$tools" -r tools.txt
  touch "$tools/complete"
fi
# what the tools need comes behind what the daemon runs in, and leaves nothing in the tree
run() {
  module=$1
  shift
  PYTHONPATH=$tools PYTHONDONTWRITEBYTECODE=1 "$python" -m "$module" "$@"
}
"$tools/bin/ruff" check --no-cache .
"$tools/bin/ruff" format --no-cache --check .
run mypy --cache-dir "$tools/mypy" p2pd tests/*.py build.py
run pytest -q -p no:cacheprovider
