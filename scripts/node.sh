#!/bin/sh
# Runs a TypeScript file (or any node arguments) with the pinned Node runtime and the locked dependencies,
# fetching both first when they are missing or out of date. Needs: sh, Node >= 20, npm.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/runtime.sh"
ensure_runtime "$root"
ensure_dependencies "$root"
PATH="${node%/*}:$PATH" NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node}" exec "$node" "$@"
