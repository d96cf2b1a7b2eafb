# shellcheck shell=bash
# A Docker engine, if none answers; and Compose as its plugin.

readonly DOCKERD_LOG=/var/log/portolan-dockerd.log

docker_answers() { has docker && docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

await_docker() {
  local tries=$1
  while [ "$tries" -gt 0 ]; do
    docker_answers && return 0
    tries=$((tries - 1))
    sleep 0.5
  done
  return 1
}

ensure_docker() {
  if docker_answers; then
    say "Docker $(docker version --format '{{.Server.Version}}') answers"
    return
  fi
  [ -z "${DOCKER_HOST-}" ] || fail "no Docker answers at DOCKER_HOST=$DOCKER_HOST: start it, or unset DOCKER_HOST"
  if has dockerd && pgrep -x dockerd >/dev/null; then
    say 'a Docker engine is starting; waiting for it'
    await_docker 40 && return
  fi
  [ "$(id -u)" = 0 ] || fail 'no Docker engine answers. Install and start one, or let this run as root on Debian: https://docs.docker.com/engine/install/'
  if ! has dockerd || ! has docker || ! has iptables; then
    local packages=(docker.io iptables ca-certificates)
    # Newer Debians have the command line in a package of its own.
    if apt-cache show docker-cli >/dev/null 2>&1; then packages+=(docker-cli); fi
    install_packages 'a Docker engine' "${packages[@]}"
  fi
  await_docker 4 || start_docker
  say "Docker $(docker version --format '{{.Server.Version}}') answers"
}

start_docker() {
  if [ -d /run/systemd/system ]; then
    say 'starting Docker: systemctl start docker'
    systemctl start docker || fail 'systemctl could not start Docker; see journalctl -u docker'
  else
    say "starting dockerd in the background; its log is $DOCKERD_LOG"
    # A process ID that an engine left behind when it was killed would keep a new one from starting.
    rm -f /var/run/docker.pid
    setsid dockerd >"$DOCKERD_LOG" 2>&1 </dev/null &
  fi
  await_docker 60 || fail "Docker does not answer after 30 s; see $DOCKERD_LOG"
}

ensure_compose() {
  if docker compose version >/dev/null 2>&1; then
    say "Compose $(docker compose version --short) answers"
    return
  fi
  local folder="${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins"
  say "adding Docker's Compose plugin from Debian's package docker-compose to $folder"
  mkdir -p "$folder"
  # In a container, since only trixie and later have it as a plugin, and its program needs no libraries.
  docker run --rm debian:trixie-slim sh -c '
    apt-get update -qq && cd /tmp && apt-get download -qq docker-compose >&2 && dpkg-deb -x docker-compose_*.deb x &&
    cat "$(find x -name docker-compose -type f -perm -100 | head -n 1)"' >"$folder/docker-compose" ||
    fail 'the package docker-compose cannot be had (no network?)'
  chmod +x "$folder/docker-compose"
  docker compose version >/dev/null 2>&1 || fail "the Compose plugin does not work; it is in $folder"
}
