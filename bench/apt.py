#!/usr/bin/python3 -B
"""Measures ways to install a package in an image: apt.py BIN ROUNDS

Each run gets a fresh Debian root: an overlay, in memory, on an unpacked one. What a way leaves behind is then what an
image layer would hold. Packages and indexes come from the machine's own mirror through a proxy that remembers them and
counts what it sends: from the second round on no way waits for the network. To be started as root in a mount namespace
of its own. Prints JSON.
"""

import http.client
import http.server
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

SUITES = ("bookworm", "trixie")
PACKAGES = ("libpq5", "curl", "gcc libpq-dev")
# {} is the package.
WAYS = {
    "ours": "apt-get-install.sh {}",
    "one-liner": "apt-get update && apt-get install -y --no-install-recommends {} && rm -rf /var/lib/apt/lists/*",
    "old script": "apt-get update -qq && apt-get install -qy --no-install-recommends --no-install-suggests {} && "
                  "rm -rf /var/lib/apt/lists/*",
}
# What an installation has to change beside the packages' own files.
NEEDED = re.compile(r"/var/lib/dpkg/(status|info/.*)|/var/lib/apt/extended_states|/etc/ld\.so\.cache")
# The last four are how Debian's images for engines are set up: without them the peers would look worse than they are.
APT_CONFIG = """Acquire::http::Proxy "http://127.0.0.1:{port}";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::GzipIndexes "true";
Dir::Cache {{ pkgcache ""; srcpkgcache ""; }};
DPkg::Post-Invoke {{ "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb"; }};
"""


class Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ProxyRequest)
        self.known = {}
        self.sent_bytes = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def fetch(self, url):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def get(self, url):
        if url not in self.known:
            self.known[url] = self.fetch(url)
        status, body = self.known[url]
        with self.lock:
            self.sent_bytes += len(body)
        return status, body


class ProxyRequest(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, body = self.server.get(self.path)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def run(*command, **options):
    return subprocess.run(command, check=True, **options)


def output(*command):
    return run(*command, stdout=subprocess.PIPE, text=True).stdout.strip()


def make_base(suite, bin_dir, work, proxy):
    """A root as images are published, without logs, caches and backups, with our program in it."""
    base = f"{work}/{suite}"
    os.mkdir(base)
    run("tar", "-xf", output("test/root.sh", suite), "-C", base)
    run("strip", "-o", f"{base}/usr/local/bin/praekelt-aptwrap", f"{bin_dir}/praekelt-aptwrap")
    os.symlink("praekelt-aptwrap", f"{base}/usr/local/bin/apt-get-install.sh")
    run("sh", "-c", 'cd "$1" && rm -rf etc/apt/apt.conf.d/99mmdebstrap etc/apt/sources.list.d/* var/lib/dpkg/*-old '
        'var/cache/debconf/*-old var/cache/ldconfig/* var/log/*.log var/log/apt/* var/lib/apt/lists/*', "sh", base)
    with open(f"{base}/etc/apt/sources.list", "w") as sources:
        sources.write(f"deb {output('test/mirror.sh')} {suite} main\n")
    with open(f"{base}/etc/apt/apt.conf.d/99bench", "w") as config:
        config.write(APT_CONFIG.format(port=proxy.server_port))
    return base


def in_root(root, script):
    """Runs it with a PID namespace of its own, so that nothing of it stays."""
    run("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
        'mount -t proc proc "$0/proc" && mount -t devpts -o newinstance,ptmxmode=666 devpts "$0/dev/pts" && '
        'exec chroot "$0" "$@"', root, "env", "-i", "HOME=/root",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive",
        "sh", "-ec", script, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def residue(root, upper):
    """Count and bytes of the files of the layer that neither belong to a package nor are needed."""
    owned = set()
    for entry in os.scandir(f"{root}/var/lib/dpkg/info"):
        if entry.name.endswith(".list"):
            with open(entry.path) as lines:
                owned.update(os.path.realpath(root + line.rstrip("\n")) for line in lines)
    count = size = 0
    for folder, _, names in os.walk(upper):
        for name in names:
            path = os.path.join(folder, name)
            inside = path[len(upper):]
            if os.path.islink(path) or not os.path.isfile(path) or NEEDED.fullmatch(inside):
                continue
            if os.path.realpath(root + inside) not in owned:
                count += 1
                size += os.stat(path).st_size
    return count, size


def one_run(work, base, proxy, script):
    case = tempfile.mkdtemp(dir=work)
    root, upper = f"{case}/root", f"{case}/upper"
    for folder in (root, upper, f"{case}/work"):
        os.mkdir(folder)
    run("mount", "-t", "overlay", "-o", f"lowerdir={base},upperdir={upper},workdir={case}/work", "overlay", root)
    proxy.sent_bytes = 0
    begin = time.monotonic()
    in_root(root, script)
    wall_s = time.monotonic() - begin
    count, size = residue(root, upper)
    run("umount", root)
    run("rm", "-rf", "--one-file-system", case)
    return {"wall_s": wall_s, "fetched_bytes": proxy.sent_bytes, "residue_files": count, "residue_bytes": size}


def compare(bin_dir, work, rounds):
    """{suite: {package: {way: figures of the fastest run}}}: other work on the machine only ever adds time."""
    proxy = Proxy()
    bases = {suite: make_base(suite, bin_dir, work, proxy) for suite in SUITES}
    cases = [(suite, package, way) for suite in SUITES for package in PACKAGES for way in WAYS]
    found = {suite: {package: dict.fromkeys(WAYS) for package in PACKAGES} for suite in SUITES}
    for _ in range(rounds):
        random.shuffle(cases)
        for suite, package, way in cases:
            result = one_run(work, bases[suite], proxy, WAYS[way].format(package))
            best = found[suite][package]
            if not best[way] or result["wall_s"] < best[way]["wall_s"]:
                best[way] = result
    return found


def main():
    bin_dir, rounds = sys.argv[1], int(sys.argv[2])
    work = tempfile.mkdtemp()
    run("mount", "-t", "tmpfs", "tmpfs", work)
    try:
        found = compare(bin_dir, work, rounds)
    finally:
        run("umount", "--recursive", "--lazy", work)
        os.rmdir(work)
    json.dump({"rounds": rounds, "suites": found}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.output or ''}apt.py: status {failed.returncode} of: {' '.join(failed.cmd)}")
