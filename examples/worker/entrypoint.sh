#!/usr/local/sbin/tini /bin/sh
# shellcheck shell=sh
# As root: what the application needs. Then as its own user, for good, with this process's id and signals.
set -e
mkdir -p /var/lib/vumi
chown vumi:vumi /var/lib/vumi
cd /var/lib/vumi
exec su-exec vumi python -m vumi_worker "$@"
