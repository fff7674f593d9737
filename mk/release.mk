# A release, from the commit that is checked out: its files, a signed apt repository, the image of the programs. Included by
# Makefile.

# Everything that goes beside a release, in dist/release. SIGN_WITH: a key of gpg's; without one nothing is signed, and
# there is no apt repository. ARCHITECTURES: all of them unless set.
RELEASE := dist/release
RELEASE_ARCHITECTURES = $(or $(ARCHITECTURES),$(ALL_ARCHITECTURES))
release:
	$(if $(PREREQUISITES),@$(PREREQUISITES) release)
	$(if $(SIGN_WITH),$(check-key))
	VERSION='$(VERSION)' SOURCE_DATE='$(SOURCE_DATE)' SIGN_WITH='$(SIGN_WITH)' \
		release/release.sh $(RELEASE) $(RELEASE_ARCHITECTURES)
	$(if $(SIGN_WITH),$(MAKE) repo PREREQUISITES= DEBS=$(RELEASE) REPO=$(RELEASE)/repo)
	@echo 'make release: $(VERSION) is in $(RELEASE)$(if $(SIGN_WITH),,$(comma) not signed: SIGN_WITH= is empty)'
comma := ,

# A signed apt repository from DEBS/*.deb, for any web server. SIGN_WITH: a key of gpg's; REPO_URL: where it will be.
DEBS := dist
REPO := dist/repo
REPO_URL ?= https://praekeltfoundation.github.io/praekelt-container-tools
check-key = @error=$$(gpg --batch --pinentry-mode error --local-user '$(SIGN_WITH)' --detach-sign 2>&1 >/dev/null </dev/null) || { \
		echo "make $@: gpg cannot sign with the key '$(SIGN_WITH)' without a passphrase: $${error\#\#*: }" >&2; exit 1; }
repo:
	$(if $(PREREQUISITES),@$(PREREQUISITES) repo)
	@test -n '$(SIGN_WITH)' || { echo 'make repo: SIGN_WITH= is empty: name the gpg key to sign with' >&2; exit 1; }
	@test -f '$(firstword $(wildcard $(DEBS)/praekelt-init_$(VERSION)_*.deb))' || { \
		echo 'make repo: no packages of version $(VERSION) in $(DEBS): run make deb first' >&2; exit 1; }
	$(check-key)
	VERSION='$(VERSION)' SOURCE_DATE='$(SOURCE_DATE)' SIGN_WITH='$(SIGN_WITH)' \
		release/repo.sh $(DEBS) $(REPO) '$(REPO_URL)' $(ALL_ARCHITECTURES)

# The image that holds the programs alone, from DEBS/*.deb. NAME: the tag or tags; DOCKER_BUILD: as for make image.
image-tools: NAME = container-tools
image-tools:
	$(if $(PREREQUISITES),@$(PREREQUISITES) image)
	$(if $(wildcard $(DEBS)/praekelt-init_$(VERSION)_*.deb),,$(MAKE) deb)
	VERSION='$(VERSION)' SOURCE_DATE='$(SOURCE_DATE)' release/image.sh $(DEBS) build/image-tools
	$(DOCKER_BUILD) --build-arg VERSION='$(VERSION)' --build-arg REVISION="$$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
		$(NAME:%=-t '%') build/image-tools

# The steps of .github/workflows. TAG: the tag that the release is for; RUN: the workflow run that has built it. Secrets come
# in the environment: SIGNING_KEY, a secret key for gpg; GH_TOKEN, DOCKERHUB_USERNAME and DOCKERHUB_TOKEN for the registries.
publish-tools:
	$(PREREQUISITES) publish
# Registers qemu for the images' other platform, and starts a BuildKit that reaches the registry on the loopback port.
image-builder:
	docker run --rm --privileged tonistiigi/binfmt --install arm64
	docker buildx create --name praekelt --driver docker-container --driver-opt network=host --use
registry-login:
	@printf '%s\n' "$$DOCKERHUB_TOKEN" | docker login --username "$$DOCKERHUB_USERNAME" --password-stdin
	@printf '%s\n' "$$GH_TOKEN" | docker login ghcr.io --username "$$GITHUB_ACTOR" --password-stdin
fetch-built:
	rm -rf $(RELEASE)
	gh run download '$(RUN)' --name release --dir $(RELEASE)
# Replaces the tags of the workflows' actions by commits. It needs GitHub.
pin-actions:
	release/pin-actions.sh .github/workflows/*.yml
check-tag:
	@test '$(TAG)' = 'v$(VERSION)' || { \
		echo "make check-tag: the tag is '$(TAG)' and debian/changelog has version $(VERSION)" >&2; exit 1; }
signing-key:
	@printf '%s\n' "$$SIGNING_KEY" | gpg --batch --quiet --import
publish-release: check-tag
	sed -n '3,/^ -- /{/^ -- /!s/^  //p}' debian/changelog >build/notes
	cd $(RELEASE) && gh release create '$(TAG)' --verify-tag --title '$(VERSION)' --notes-file '$(abspath build/notes)' \
		$$(find . -maxdepth 1 -type f | sort)
# The newest release once more: its sources, and its packages.
checkout-release:
	git checkout -q "$$(git describe --tags --abbrev=0 --match 'v*')"
fetch-release:
	rm -rf $(RELEASE)
	gh release download 'v$(VERSION)' --dir $(RELEASE) --pattern '*.deb' --pattern SHA256SUMS
	cd $(RELEASE) && sha256sum --quiet --check --strict --ignore-missing SHA256SUMS
# Every image of images.txt and container-tools, to REGISTRIES; all of them for a release, otherwise what has changed.
PLATFORMS ?= linux/amd64 linux/arm64
TOOLS_PLATFORMS ?= linux/amd64 linux/arm64 linux/arm/v5 linux/arm/v7 linux/386 linux/ppc64le linux/riscv64 linux/s390x
BUILD ?= docker buildx build --push --sbom=true --provenance=mode=max
COSIGN ?= cosign sign --yes
SKOPEO ?= skopeo
STAGING_PORT ?= 5000
publish-images: EVERY = yes
publish-images rebuild-images:
	VERSION='$(VERSION)' DEBS='$(RELEASE)' EVERY='$(EVERY)' PLATFORMS='$(PLATFORMS)' TOOLS_PLATFORMS='$(TOOLS_PLATFORMS)' \
		STAGING_PORT='$(STAGING_PORT)' SKOPEO='$(SKOPEO)' BUILD='$(BUILD)' COSIGN='$(COSIGN)' release/images.sh '$(IMAGES)' $(REGISTRIES)

.PHONY: publish-tools image-builder registry-login fetch-built pin-actions check-tag signing-key publish-release checkout-release fetch-release publish-images rebuild-images
.PHONY: release repo image-tools
