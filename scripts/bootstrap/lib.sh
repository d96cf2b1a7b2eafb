# shellcheck shell=bash
# What the parts of the bootstrap share: messages, and Debian's packages.

say() { printf 'bootstrap: %s\n' "$*"; }
fail() { printf 'bootstrap: cannot go on: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Oldest Node that can start npm; everything else runs on the Node that npm brings.
readonly MIN_NODE=20

ensure_node() {
  if ! has node || ! has npm; then fail "Node.js $MIN_NODE or newer with npm is needed: https://nodejs.org/en/download"; fi
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge "$MIN_NODE" ] || fail "Node.js $MIN_NODE or newer is needed, this is $(node --version): https://nodejs.org/en/download"
}

# Installs packages, if this is a Debian on which we may; $1 says what for.
install_packages() {
  local purpose=$1
  shift
  has apt-get || fail "$purpose is missing, and this is no Debian: install it by this system's own means, then run this again"
  [ "$(id -u)" = 0 ] || fail "$purpose is missing, and only root may install it: sudo apt-get install $*"
  say "installing $purpose: apt-get install $*"
  local log
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    fail "apt-get could not install $* (no network?)"
  fi
  rm -f "$log"
}

# $1 is the command, the rest its packages.
ensure_command() {
  local command=$1
  shift
  has "$command" || install_packages "$command" "$@"
}
