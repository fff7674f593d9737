#!/bin/sh
# .github/workflows: each step is an action with a release tag or a commit, or a make target that a test runs.
# shellcheck disable=SC2154 # work is set by tap.sh
. test/package/lib.sh

unpinned() { # WORKFLOW...
	grep -hE '^ *(- )?uses:' "$@" | grep -vE '@(v[0-9]+\.[0-9]+\.[0-9]+|[0-9a-f]{40} # v[0-9.]+)$'
}
check "every action has a release tag or a commit" says '' unpinned .github/workflows/*.yml

# make pin-actions, with repositories made here in place of GitHub's. First the tags are annotated, then they are not.
mkdir "$work/tree" "$work/github"
tar -c --exclude=./build --exclude=./dist --exclude=./.git . | tar -x -C "$work/tree"
actions=$(sed -nE 's/^ *(- )?uses: ([^@]+)@(.* # )?(v[0-9.]+)$/\2 \4/p' .github/workflows/*.yml | sort -u)
in_repository() { # ACTION GIT-ARGUMENT...
	action=$1
	shift
	git -C "$work/github/$action" -c user.name=test -c user.email=test@example.org "$@"
}
release_actions() { # TAG-OPTION...: each action gets a new commit and its tag
	echo "$actions" | while read -r action tag; do
		git init -q "$work/github/$action" && in_repository "$action" commit -q --allow-empty -m "$action" &&
			in_repository "$action" tag -f "$@" "$tag"
	done
}
pin() {
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.file://$work/github/.insteadOf" GIT_CONFIG_VALUE_0=https://github.com/ \
		make -C "$work/tree" pin-actions
}
wrong_commits() {
	echo "$actions" | while read -r action tag; do
		grep -h "uses: $action@" "$work/tree"/.github/workflows/*.yml |
			grep -v "uses: $action@$(in_repository "$action" rev-parse HEAD) # $tag$"
	done
}
release_actions -a -m release >/dev/null
check "make pin-actions" pin
check "writes the commit of each tag" says '' wrong_commits
release_actions >/dev/null
check "make pin-actions after the tags have moved" pin
check "writes their new commits" says '' wrong_commits
check "pinned actions are accepted" says '' unpinned "$work/tree"/.github/workflows/*.yml
rm -rf "$work/github/actions/checkout"
check "an action that GitHub does not have is an error" fails pin

check "no permission that is not asked for" says '' grep -L '^permissions: {}$' .github/workflows/*.yml
check "no secret in a pull request" says '' grep -n secrets .github/workflows/test.yml

# Prints the commands of the steps, one for each target of a matrix.
commands() {
	sed -n 's/^ *- run: //p' .github/workflows/*.yml | grep -v 'matrix\.target'
	sed -n 's/^ *target: \[\(.*\)\]/\1/p' .github/workflows/test.yml | sed 's/, /\n/g; s/^/make /; s/\n/\nmake /g'
}
commands | sort -u >"$work/commands"
others() { # what gets git and make, and lets git read the checkout
	grep -vE '^(sudo )?make ' "$work/commands" | grep -vE '^apt-get update|^git config --global --add safe.directory'
}
check "all else is make" says '' others
targets=$(sed -nE 's/^(sudo )?make ([a-z-]+).*/\2/p' "$work/commands" | sort -u)
for target in $targets; do
	check "make $target is there" make -n "$target" PREREQUISITES=: TAG="v$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)"
	case $target in
	check-tag) ;;
	check | check-* | demo | fuzz | lint | mutate | prove | stress) continue ;; # tests themselves
	esac
	check "make $target is run by a test" grep -qE "make( -C [^ ]+)? $target( |\$)|\"make $target" test/release/live_*.sh test/release/made.sh
done
