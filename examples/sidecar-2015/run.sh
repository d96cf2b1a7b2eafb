#!/bin/sh
# The sidecar stack of 2015 with Portolan: the three commands of a host, as they are written in the README beside.
# Ports can be moved by CONSUL_PORT, HTTP_BIND and ADMIN, for hosts on which the usual ones are taken.
set -eu
: "${CONSUL_IMAGE:=consul:1.8.7}" "${CONSUL_PORT:=8500}" "${HTTP_BIND:=auto}" "${ADMIN:=127.0.0.1:8650}"

# 1. The Consul agent of the host. In a cluster: -retry-join=… instead of -dev, and -advertise with the host's address.
docker run -d --name consul --net=host -l SERVICE_IGNORE=yes \
  "$CONSUL_IMAGE" agent -dev -client=127.0.0.1 -http-port="$CONSUL_PORT" ${CONSUL_ARGS-}

# 2. Portolan, in the place of registrator, consul-template, HAProxy and the script that reloads it.
docker run -d --name portolan --net=host --volume=/var/run/docker.sock:/tmp/docker.sock \
  portolan "consul://localhost:$CONSUL_PORT" --http-bind "$HTTP_BIND" --admin "$ADMIN"

# 3. A service, with the labels it always had.
docker run -d --name inventory --init -p 8080 -l SERVICE_NAME=inventory \
  busybox sh -c 'mkdir /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www'
