#!/bin/bash
# Adds what a machine lacks to run the demo or the tests, and nothing that it has.
#   scripts/bootstrap/bootstrap.sh demo|cluster|test
# Prints each step. Running it again changes nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/bootstrap/lib.sh
. "$here/lib.sh"
# shellcheck source=scripts/bootstrap/docker.sh
. "$here/docker.sh"
# shellcheck source=scripts/bootstrap/images.sh
. "$here/images.sh"

case "${1-}" in
  demo | cluster | test) ;;
  *) fail "usage: $0 demo|cluster|test" ;;
esac

[ "$(uname -s)" = Linux ] || fail "this is $(uname -s); Portolan runs on Linux only"
ensure_node
ensure_command curl curl
ensure_docker
ensure_image debian:trixie-slim build_debian
ensure_image busybox:latest build_busybox
ensure_image "$CONSUL_IMAGE" build_consul
if [ "$1" = cluster ]; then
  ensure_command dockerd docker.io
  ensure_command iptables iptables
  ensure_command nsenter util-linux
  ensure_command ip iproute2
fi
if [ "$1" = test ]; then
  ensure_command haproxy haproxy
  ensure_command ip iproute2
  ensure_compose
fi
say 'everything is there'
