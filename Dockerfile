# Portolan's image: HAProxy, tini and runsv from Debian, Node, and Portolan in one file.
# Made by `make image`, which prepares dist/image: a build of the image needs Debian's packages and no others.
FROM debian:trixie-slim AS parts
ARG DEBIAN_FRONTEND=noninteractive
WORKDIR /parts
# Of runit only runsv: the package as a whole brings Perl.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends binutils >/dev/null \
 && cd /tmp && apt-get download -qq runit && dpkg-deb -x runit_*.deb runit && mv runit/usr/bin/runsv /parts/
COPY dist/image/node /parts/
RUN strip /parts/node

FROM debian:trixie-slim
ARG DEBIAN_FRONTEND=noninteractive
# A tmpfs mounted on /run/portolan takes over its mode but not its owner, so everybody may write there.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends haproxy tini >/dev/null \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /etc/haproxy \
 && useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portolan \
 && install -d -o portolan -g portolan -m 1777 /run/portolan \
 && install -d -o portolan -g portolan -m 0700 /var/lib/portolan
COPY --from=parts /parts/runsv /usr/bin/runsv
COPY --from=parts /parts/node /usr/local/lib/portolan/node
COPY dist/image/portolan.js LICENSE /usr/local/lib/portolan/
COPY scripts/image/entrypoint scripts/image/supervise /usr/local/lib/portolan/
COPY scripts/image/run scripts/image/finish /usr/local/lib/portolan/service/
COPY scripts/image/portolan /usr/local/bin/portolan
# runsv wants to write beside its scripts, which a read-only container does not allow.
RUN ln -s /run/portolan/supervise /usr/local/lib/portolan/service/supervise \
 && NODE_COMPILE_CACHE=/usr/local/lib/portolan/cache portolan version
# A stop of the container ends everything in it, so HAProxy is told in time to finish its requests.
ENV PORTOLAN_STOP_HAPROXY=true NODE_COMPILE_CACHE=/usr/local/lib/portolan/cache
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["portolan", "healthcheck"]
ENTRYPOINT ["/usr/local/lib/portolan/entrypoint"]
