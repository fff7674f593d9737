#!/bin/sh
# Pins the actions of workflows to commits: pin-actions.sh WORKFLOW...
#
# "uses: actions/checkout@v4.2.2" becomes "uses: actions/checkout@COMMIT # v4.2.2", with the commit that GitHub has for that
# tag. An action that is pinned already gets the commit that its tag has now.
set -eu
[ $# -gt 0 ] || {
	echo "usage: $0 WORKFLOW..." >&2
	exit 1
}
# Each action once, as "ACTION TAG".
sed -nE 's/^ *(- )?uses: ([^@ ]+)@([^ ]+)( # (v[^ ]+))?$/\2 \3 \5/p' "$@" | awk '{ print $1, $NF }' | sort -u |
	while read -r action tag; do
		repository=$(echo "$action" | cut -d/ -f1,2)
		# An annotated tag comes with the commit that it is for, as the last line.
		commit=$(git ls-remote "https://github.com/$repository" "refs/tags/$tag" "refs/tags/$tag^{}" | tail -n 1 | cut -f1)
		[ -n "$commit" ] || {
			echo "$0: https://github.com/$repository has no tag $tag" >&2
			exit 1
		}
		sed -i -E "s|(uses: $action)@($tag\|[0-9a-f]{40} # $tag)$|\1@$commit # $tag|" "$@"
		echo "$action $tag is $commit"
	done
