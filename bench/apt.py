#!/usr/bin/python3 -B
"""Measures ways to install a package in an image: unshare -m bench/apt.py BIN ROUNDS [SUITE...]

Each run has a new Debian root, an overlay in memory on an unpacked root, so that the changed files are those of an image
layer. Packages and indexes come from the mirror that this machine uses, through a proxy that caches them and counts the
bytes it sends. A first round, which is not counted, fills the proxy and the cache mounts. Needs root. Prints a table to
standard error, and JSON to standard output:

  {"rounds": N, "suites": {SUITE: {PACKAGES: {WAY: {"wall_s", "cpu_s", "fetched_bytes", "residue_files", "residue_bytes"}}}}}

WAY is a key of WAYS, or "KEY, warm" for a run with cache mounts. The times are the least of all rounds.
"""

import http.client
import http.server
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

SUITES = ("bookworm", "trixie")
PACKAGES = ("libpq5", "curl", "gcc libpq-dev")
# The command of each way, {} being the packages, and what it runs afterwards if there are no cache mounts.
CLEAN = "rm -rf /var/lib/apt/lists/*"
TUNED = "-o Acquire::GzipIndexes=false -o Dir::Cache::pkgcache=pkgcache.bin -o Dir::Cache::srcpkgcache="
WAYS = {
    "ours": ("apt-get-install.sh {}", "true"),
    "one-liner": ("apt-get update && apt-get install -y --no-install-recommends {}", CLEAN),
    "old script": ("apt-get update -qq && apt-get install -qy --no-install-recommends --no-install-suggests {}", CLEAN),
    # A one-liner with apt's fastest settings: no compressed indexes, only one of the two caches.
    "hand-tuned": (f"apt-get {TUNED} update && apt-get {TUNED} install -y --no-install-recommends {{}}",
                   f"{CLEAN} /var/cache/apt/*.bin"),
    # As install_packages of minideb: quiet, up to three attempts.
    "minideb's": ("for try in 1 2 3; do apt-get update -qq && apt-get install -y --no-install-recommends {} && break; done",
                  "rm -rf /var/lib/apt/lists /var/cache/apt/archives"),
}
# The cache mounts of a builder. With them, the other ways do not clean up, and remove the image's hook that empties apt's
# caches, as the manuals of builders advise.
MOUNTS = ("var/lib/apt/lists", "var/cache/apt")
UNHOOK = "rm -f /etc/apt/apt.conf.d/docker-clean"
# What an installation must change apart from the packages' files.
NEEDED = re.compile(r"/var/lib/dpkg/(status|info/.*)|/var/lib/apt/extended_states|/etc/ld\.so\.cache")
APT_CONFIG = """Acquire::http::Proxy "http://127.0.0.1:{port}";
Acquire::Check-Valid-Until "false";
"""
# The settings of Debian's container images, which make the other ways faster.
DOCKER_CLEAN = """Acquire::Languages "none";
Acquire::GzipIndexes "true";
Dir::Cache { pkgcache ""; srcpkgcache ""; };
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb"; };
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
    """Unpacks a root without logs, caches and backups, as in published images, and adds our program."""
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
    with open(f"{base}/etc/apt/apt.conf.d/docker-clean", "w") as config:
        config.write(DOCKER_CLEAN)
    return base


def in_root(root, script):
    """Runs the script in the root, in a new PID namespace, so that no process is left over."""
    run("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
        'mount -t proc proc "$0/proc" && mount -t devpts -o newinstance,ptmxmode=666 devpts "$0/dev/pts" && '
        'exec chroot "$0" "$@"', root, "env", "-i", "HOME=/root",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive",
        "sh", "-ec", script, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def residue(root, upper):
    """Returns the number and the size of files in the layer that belong to no package and are not needed."""
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


def children_cpu_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def one_run(work, base, proxy, script, mounted):
    """mounted is a directory that keeps the contents of the cache mounts for the next run, or None."""
    case = tempfile.mkdtemp(dir=work)
    root, upper = f"{case}/root", f"{case}/upper"
    for folder in (root, upper, f"{case}/work"):
        os.mkdir(folder)
    run("mount", "-t", "overlay", "-o", f"lowerdir={base},upperdir={upper},workdir={case}/work", "overlay", root)
    for folder in MOUNTS if mounted else ():
        os.makedirs(f"{mounted}/{folder}", exist_ok=True)
        run("mount", "--bind", f"{mounted}/{folder}", f"{root}/{folder}")
    proxy.sent_bytes = 0
    begin, begin_cpu_s = time.monotonic(), children_cpu_s()
    in_root(root, script)
    wall_s, cpu_s = time.monotonic() - begin, children_cpu_s() - begin_cpu_s
    count, size = residue(root, upper)
    run("umount", "--recursive", root)
    run("rm", "-rf", "--one-file-system", case)
    return {"wall_s": wall_s, "cpu_s": cpu_s, "fetched_bytes": proxy.sent_bytes, "residue_files": count,
            "residue_bytes": size}


def script_of(way, package, warm):
    command, clean = WAYS[way]
    if not warm:
        command = f"{command} && {clean}"
    elif way != "ours":
        command = f"{UNHOOK} && {command}"
    return command.replace("{}", package)


def compare(bin_dir, work, rounds, suites):
    """Returns {suite: {packages: {way: figures}}}. Of the times it takes the least: other work on the machine adds to them."""
    proxy = Proxy()
    bases = {suite: make_base(suite, bin_dir, work, proxy) for suite in suites}
    cases = [(suite, package, way, warm) for suite in suites for package in PACKAGES for way in WAYS
             for warm in (False, True)]
    found = {suite: {package: {f"{way}, warm" if warm else way: None for warm in (False, True) for way in WAYS}
                     for package in PACKAGES} for suite in suites}
    for number in range(rounds + 1):
        random.shuffle(cases)
        for suite, package, way, warm in cases:
            mounted = f"{work}/mounted/{suite}/{package}/{way}" if warm else None
            result = one_run(work, bases[suite], proxy, script_of(way, package, warm), mounted)
            label = f"{way}, warm" if warm else way
            best = found[suite][package][label] or result
            if number > 0:
                found[suite][package][label] = {**result, **{time: min(result[time], best[time])
                                                             for time in ("wall_s", "cpu_s")}}
    return found


def show(found):
    for suite, packages in found.items():
        for package, ways in packages.items():
            print(f"\n{package} in {suite:14} CPU s  wall s  of the old script's  fetched kB  residue kB  files", file=sys.stderr)
            for way, figures in ways.items():
                old = ways["old script, warm" if "warm" in way else "old script"]
                print(f"{way:28} {figures['cpu_s']:5.2f} {figures['wall_s']:7.2f}  {figures['cpu_s'] / old['cpu_s']:8.2f} "
                      f"{figures['wall_s'] / old['wall_s']:8.2f}  {figures['fetched_bytes'] / 1000:12.0f} "
                      f"{figures['residue_bytes'] / 1000:11.0f} {figures['residue_files']:6}", file=sys.stderr)


def main():
    bin_dir, rounds, suites = sys.argv[1], int(sys.argv[2]), sys.argv[3:] or SUITES
    work = tempfile.mkdtemp()
    run("mount", "-t", "tmpfs", "tmpfs", work)
    try:
        found = compare(bin_dir, work, rounds, suites)
    finally:
        run("umount", "--recursive", "--lazy", work)
        os.rmdir(work)
    show(found)
    json.dump({"rounds": rounds, "suites": found}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.output or ''}apt.py: status {failed.returncode} of: {' '.join(failed.cmd)}")
