# The two commands are `make demo` and `make test`; `make help` lists the others.
# Everything after the bootstrap runs on the Node that npm installs, not on the machine's own.
SHELL := /bin/bash
NODE := node_modules/.bin/node
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
DEMO ?=
CLUSTER ?=
export DEMO CLUSTER

.PHONY: help demo cluster test torture check image bench clean
help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

# What ends a demo needs neither a bootstrap nor an image.
demo: $(if $(filter stop,$(DEMO)),node_modules,bootstrap-demo image) ## the main job here; DEMO=once, memory or stop
	@$(NODE) scripts/demo/main.ts

cluster: $(if $(filter stop,$(CLUSTER)),node_modules,bootstrap-cluster image) ## three hosts on this machine with a Consul cluster, to play with (as root); CLUSTER=once or stop
	@$(NODE) scripts/cluster/main.ts

test: bootstrap-test node_modules ## everything: checks, unit, integration and end-to-end tests
	@$(NODE) scripts/test.ts

torture: bootstrap-test node_modules ## random and long tests at full size; TORTURE_RUNS=100 schedules, TORTURE_SEED plays one again
	@$(NODE) scripts/torture.ts

check: node_modules ## format, lint, types, rules and unit tests
	@npm run --silent check

image: node_modules ## the Docker image `portolan`
	@$(NODE) scripts/image.ts

bench: node_modules ## times of the hot paths
	@npm run --silent bench

clean: ## what can be made again
	rm -rf dist coverage

.PHONY: bootstrap-demo bootstrap-cluster bootstrap-test
bootstrap-demo bootstrap-cluster bootstrap-test: bootstrap-%:
	@scripts/bootstrap/bootstrap.sh $*

# Without their install scripts, of which none is needed.
node_modules: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch node_modules
