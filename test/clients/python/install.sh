#!/bin/sh
# Installs p2pclient with its dependencies into $1/venv, and unpacks its source distribution to $1/sdist.
set -eu
out=$1
pip() { "$out/venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }

python3 -m venv "$out/venv"
pip install --require-hashes -r build-requirements.txt
pip install --require-hashes --no-build-isolation -r requirements.txt
pip download --require-hashes --no-build-isolation --no-deps --no-binary p2pclient -d "$out" -r sdist.txt
mkdir "$out/sdist"
tar -xzf "$out/p2pclient-0.3.0.tar.gz" -C "$out/sdist" --strip-components 1
