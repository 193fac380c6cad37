#!/bin/sh
# Checks this daemon's source: its format, clippy's warnings, and its tests. Cargo keeps what it compiles, 370 crates the
# first time, in the folder that is given, or else in target/: sh check.sh [FOLDER]
set -eu
cd -- "$(dirname -- "$0")"
[ $# -eq 0 ] || export CARGO_TARGET_DIR="$1"

cargo fmt --check
cargo clippy --locked --quiet --all-targets -- -D warnings
cargo test --locked --quiet
