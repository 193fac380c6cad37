#!/bin/sh
# Brings the schema and a validator into a folder.
set -eu
out=$1
python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target "$out/lib" -r validator.txt
python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary pytest --require-hashes --dest "$out/sdist" -r schema.txt
tar -xzf "$out"/sdist/pytest-*.tar.gz -C "$out" --strip-components=3 --wildcards '*/testing/example_scripts/junit-10.xsd'
rm -r "$out/sdist"
