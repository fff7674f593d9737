#!/usr/local/sbin/tini /bin/sh
# shellcheck shell=sh
# Does the set-up as root, then drops to the application's user and executes it in the same process.
set -e
mkdir -p /var/lib/vumi
chown vumi:vumi /var/lib/vumi
cd /var/lib/vumi
exec su-exec vumi python -m vumi_worker "$@"
