# shellcheck shell=bash
# The images that the demo and the tests start from: pulled where a registry answers, else made from Debian's packages
# under the same names.

# A version that a registry has and Debian too, so that both ways give the same.
CONSUL_IMAGE="${CONSUL_IMAGE:-consul:1.8.7}"

ensure_image() {
  local name=$1 build=$2
  if docker image inspect "$name" >/dev/null 2>&1; then return; fi
  if docker pull -q "$name" >/dev/null 2>&1; then
    say "pulled $name"
    return
  fi
  say "no registry gives $name; making a stand-in from Debian's packages"
  "$build" "$name"
}

# Builds an image from a Dockerfile on standard input, without any context.
build_from() {
  local name=$1 log
  log=$(mktemp)
  if ! docker build -t "$name" - >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    fail "the image $name cannot be built"
  fi
  rm -f "$log"
}

build_debian() {
  local archive
  ensure_command mmdebstrap mmdebstrap
  archive=$(mktemp --suffix .tar)
  mmdebstrap --quiet --variant=minbase trixie "$archive" || fail 'mmdebstrap could not fetch Debian trixie (no network?)'
  docker import "$archive" "$1" >/dev/null
  rm -f "$archive"
}

build_busybox() {
  build_from "$1" <<'DOCKERFILE'
FROM debian:trixie-slim AS parts
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends busybox-static >/dev/null 2>&1
FROM scratch
COPY --from=parts /bin/busybox /bin/busybox
COPY --from=parts /bin/busybox /bin/sh
COPY --from=parts /etc/passwd /etc/group /etc/
CMD ["sh"]
DOCKERFILE
}

build_consul() {
  [ "$1" = consul:1.8.7 ] || fail "CONSUL_IMAGE=$1 cannot be pulled"
  # Trixie has bullseye's keys, but does not trust them unless told to.
  build_from "$1" <<'DOCKERFILE'
FROM debian:trixie-slim AS parts
RUN keys=/usr/share/keyrings/debian-archive-bullseye \
 && echo "deb [signed-by=$keys-automatic.gpg,$keys-stable.gpg] http://deb.debian.org/debian bullseye main" > /etc/apt/sources.list.d/bullseye.list \
 && apt-get update -qq && cd /tmp && apt-get download -qq consul/bullseye && dpkg-deb -x consul_*.deb /parts
FROM debian:trixie-slim
COPY --from=parts /parts/usr/bin/consul /usr/bin/consul
RUN mkdir -p /consul/data /consul/config
EXPOSE 8300 8301 8301/udp 8302 8302/udp 8500 8600 8600/udp
ENTRYPOINT ["consul"]
CMD ["agent", "-dev", "-client", "0.0.0.0"]
DOCKERFILE
}
