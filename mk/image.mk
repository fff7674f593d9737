# The base images, the examples on them, and the demo that builds and runs one. Included by Makefile.

# An example on a base image. Its wheels come from Debian's packages, so that only apt needs a network.
# FROM_IMAGE: the base image; NAME: the tag; EXAMPLE_OPTIONS: more arguments for the build.
wheels_worker = /usr/bin/python3 -m pip wheel --no-index --no-deps --no-build-isolation -w wheels ./vumi_worker
wheels_compiled = cp /usr/share/python-wheels/setuptools-*.whl /usr/share/python-wheels/wheel-*.whl wheels
wheels_nginx = :
wheels_uv = :
example-%: FROM_IMAGE = praekeltfoundation/python-base:3
example-%: NAME = $*
example-worker example-compiled example-nginx example-uv: example-%:
	$(if $(PREREQUISITES),@$(PREREQUISITES) example)
	rm -rf build/example-$*
	mkdir -p build
	cp -R examples/$* build/example-$*
	mkdir -p build/example-$*/wheels
	cd build/example-$* && $(wheels_$*)
	$(DOCKER_BUILD) --build-arg FROM_IMAGE='$(FROM_IMAGE)' $(EXAMPLE_OPTIONS) -t '$(NAME)' build/example-$*
.PHONY: example-worker example-compiled example-nginx example-uv

# Images. FROM_IMAGE: the base; NAME: the tag or tags; WHEELHOUSE_URL: pip's extra index, empty for none.
# DOCKER_BUILD may be "podman build", "buildah build", or "docker buildx build --platform ... --push", which requires the
# packages of each platform in dist/.
FROM_IMAGE ?= python:slim
NAME ?= praekeltfoundation/python-base
DOCKER_BUILD ?= docker build --network host
wheelhouse = $(if $(filter undefined,$(origin WHEELHOUSE_URL)),,--build-arg WHEELHOUSE_URL='$(WHEELHOUSE_URL)')
base_digest = $(lastword $(subst @, ,$(shell docker image inspect -f '{{join .RepoDigests " "}}' '$(FROM_IMAGE)' 2>/dev/null)))
image: build/Dockerfile
	$(if $(PREREQUISITES),@$(PREREQUISITES) image)
	$(if $(wildcard dist/praekelt-init_$(VERSION)_*.deb),,$(MAKE) deb)
	$(DOCKER_BUILD) --build-arg FROM_IMAGE='$(FROM_IMAGE)' $(wheelhouse) \
		$(addprefix --label org.opencontainers.image.base.digest=,$(base_digest)) $(NAME:%=-t '%') -f $< dist

# The images of every row of images.txt: NAME with the wheel index and NAME-nw without it, tagged for each of REGISTRIES.
IMAGES ?= images.txt
REGISTRIES ?= praekeltfoundation ghcr.io/praekeltfoundation
images:
	test/image/tags.sh '$(IMAGES)' $(REGISTRIES) >build/images
	while read -r from wheelhouse tags; do \
		$(MAKE) image FROM_IMAGE="$$from" NAME="$$tags" $${wheelhouse#with} || exit; \
	done <build/images
# Always made anew, because it contains the commit and its time.
EPOCH = $(shell git log -1 --format=%ct 2>/dev/null || echo $(SOURCE_DATE))
.PHONY: build/Dockerfile
build/Dockerfile: Dockerfile.template
	@mkdir -p $(@D)
	@sed -e 's/@VERSION@/$(VERSION)/' -e "s/@REVISION@/$$(git rev-parse HEAD 2>/dev/null || echo unknown)/" \
		-e 's/@EPOCH@/$(EPOCH)/' -e "s/@CREATED@/$$(date -u -d '@$(EPOCH)' +%Y-%m-%dT%H:%M:%SZ)/" $< >$@
demo:
	$(if $(PREREQUISITES),@$(PREREQUISITES) demo)
	@echo 'demo: 1 of 4: the programs and their packages (about half a minute)'
	$(quiet-deb)
	@test/image/engine.sh test/image/demo.sh

.PHONY: image images demo
