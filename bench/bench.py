#!/usr/bin/python3 -B
"""Measures praekelt-container-tools beside their peers: bench.py BIN BENCH ROUNDS

BIN holds the built programs, BENCH the driver, the floors and the command that candidates start. Needs root. A peer
that is not installed is left out. Writes build/bench.json; report.py makes the tables and the chart from that.
README.md in this directory says how to read the figures.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import report

PROGRAMS = {"praekelt-init": ("tini", "dumb-init", "dinit"), "praekelt-suexec": ("su-exec", "gosu")}
PEERS = ("tini", "dumb-init", "catatonit", "gosu", "util-linux", "runit", "s6", "libc6", "strace")
IDLE_SECONDS = 10
IDLE_COPIES = 31
STREAM, BURST = 100, 2_000  # orphans a round
ARGV_SIZES = (1_000, 10_000, 100_000, 1_000_000)
ORPHAN_COUNTS = (1_000, 10_000, 100_000)
PASSWD_LINES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
# Growth is measured on one candidate of each kind: the curves are what matters.
GROWING_INITS = ("floor", "ours as tini", "tini", "dumb-init", "catatonit")
GROWING_DROPS = ("floor", "ours as su-exec", "gosu", "chpst", "s6-setuidgid")


def strip_programs(bin_dir, bench_dir):
    """Copies of our programs as the packages ship them, under each of their names. Returns their directory."""
    stripped = os.path.join(bench_dir, "bin")
    os.makedirs(stripped, exist_ok=True)
    for program, names in PROGRAMS.items():
        subprocess.run(["strip", "-o", f"{stripped}/{program}", f"{bin_dir}/{program}"], check=True)
        # Until a file is written back, each of its pages counts as dirty wherever it is mapped.
        subprocess.run(["sync", f"{stripped}/{program}"], check=True)
        for name in names:
            link = f"{stripped}/{name}"
            if not os.path.lexists(link):
                os.symlink(program, link)
    return stripped


def installed(candidates):
    """Leaves out what is not there; makes the program's name a path. A package of ours may be installed as a peer's
    name: what measures itself is no peer."""
    found = {}
    for label, argv in candidates.items():
        path = shutil.which(argv[0])
        if path and (os.sep in argv[0] or not os.path.realpath(path).endswith(tuple(PROGRAMS))):
            found[label] = [path] + argv[1:]
    return found


def init_candidates(ours, bench_dir):
    # tini: -s, or it writes a warning where it is not PID 1.
    return installed({
        "floor": [f"{bench_dir}/floor_init"],
        "ours as tini": [f"{ours}/tini", "-s", "--"],
        "ours as dumb-init": [f"{ours}/dumb-init", "--"],
        "ours as dinit": [f"{ours}/dinit", "--"],
        "tini": ["tini", "-s", "--"],
        "tini-static": ["tini-static", "-s", "--"],
        "dumb-init": ["dumb-init", "--"],
        "catatonit": ["catatonit", "--"],
    })


def drop_candidates(ours, bench_dir):
    return installed({
        "floor": [f"{bench_dir}/floor_drop"],
        "ours as su-exec": [f"{ours}/su-exec", "nobody"],
        "ours as gosu": [f"{ours}/gosu", "nobody"],
        "ours": [f"{ours}/praekelt-suexec", "nobody"],
        "gosu": ["gosu", "nobody"],
        "setpriv": ["setpriv", "--reuid=nobody", "--regid=nogroup", "--init-groups", "--"],
        "chpst": ["chpst", "-u", "nobody"],
        "s6-setuidgid": ["s6-setuidgid", "nobody"],
    })


class Bench:
    def __init__(self, bench_dir, rounds):
        self.command = f"{bench_dir}/child"
        self.driver_path = f"{bench_dir}/driver"
        self.rounds = rounds

    def share(self, part, least=5):
        """A part of the rounds that were asked for."""
        return max(least, round(self.rounds * part))

    def candidate_list(self, candidates, *role):
        lines = ("\t".join([label, *argv, self.command, *role]) for label, argv in candidates.items())
        return "\n".join(lines) + "\n\n"

    def driver(self, kind, rounds, candidates, *role, prefix=()):
        """The numbers as the driver writes them: {label: {series: [number]}}."""
        done = subprocess.run([*prefix, self.driver_path, kind, str(rounds)], check=True, text=True,
                              input=self.candidate_list(candidates, *role), stdout=subprocess.PIPE)
        return json.loads(done.stdout)

    def measure(self, kind, rounds, candidates, *role, series="ns", per=1, prefix=()):
        """{label: summary} of one series, each number divided by per."""
        numbers = self.driver(kind, rounds, candidates, *role, prefix=prefix)
        return summaries({label: found[series] for label, found in numbers.items()}, per)

    def lives(self, candidates, *role):
        numbers = self.driver("life", self.rounds, candidates, *role)
        return {"life": summaries({label: found["ns"] for label, found in numbers.items()}),
                "faults": {label: percentile(found["faults"], 50) for label, found in numbers.items()}}

    def orphans(self, rounds, candidates, way, count):
        numbers = self.driver("orphans", rounds, candidates, way, str(count))
        return {series: summaries({label: found[series] for label, found in numbers.items()}, count)
                for series in ("cpu_ns", "wall_ns")}

    def system_calls(self, candidates, role):
        """How many calls one start makes, the command's own included. Only a count: strace changes every time."""
        counts = {}
        for label, argv in candidates.items():
            with tempfile.NamedTemporaryFile("r") as out:
                subprocess.run(["strace", "-f", "-c", "-o", out.name, *argv, self.command, role],
                               stdin=subprocess.DEVNULL)
                total = [line.split() for line in out if line.rstrip().endswith(" total")]
            counts[label] = int(total[0][3])
        return counts

    def idle(self, candidates):
        """Some of each, all as PID 1 beside each other, each with a sleeping command. The median of each kind: where the
        kernel puts the stack decides whether its first page is one or two."""
        copies = {f"{label}/{copy}": argv for label, argv in candidates.items() for copy in range(IDLE_COPIES)}
        held = subprocess.Popen([self.driver_path, "hold", "1"], text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
        held.stdin.write(self.candidate_list(copies, "sleep"))
        held.stdin.flush()
        pids = json.loads(held.stdout.readline())
        before = {pid: switches(pid) for pid in pids.values()}
        time.sleep(IDLE_SECONDS)
        found = {}
        for label in candidates:
            of_kind = [pids[f"{label}/{copy}"] for copy in range(IDLE_COPIES)]
            figures = [{"wakeups": switches(pid) - before[pid], **memory(pid)} for pid in of_kind]
            found[label] = {name: percentile([figure[name] for figure in figures], 50) for name in figures[0]}
        held.stdin.close()
        held.wait()
        return found


def percentile(numbers, percent):
    return sorted(numbers)[(len(numbers) - 1) * percent // 100]


def summaries(numbers_by_label, per=1):
    """The 10th percentile is what to compare: other work on the machine only ever adds time."""
    found = {}
    for label, numbers in numbers_by_label.items():
        found[label] = {"p10": percentile(numbers, 10) / per, "median": percentile(numbers, 50) / per,
                        "min": min(numbers) / per, "count": len(numbers)}
    for label, summary in found.items():
        summary["ratio"] = round(summary["p10"] / found["floor"]["p10"], 3)
    return found


def switches(pid):
    with open(f"/proc/{pid}/status") as status:
        return sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)


def memory(pid):
    kilobytes = {}
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        for line in list(rollup)[1:]:
            name, value = line.split()[:2]
            kilobytes[name] = int(value)
    with open(f"/proc/{pid}/status") as status:
        tables = next(int(line.split()[1]) for line in status if line.startswith("VmPTE"))
    with open(f"/proc/{pid}/statm") as statm:
        mapped = int(statm.read().split()[0])
    return {"rss_kb": kilobytes["Rss:"], "pss_kb": kilobytes["Pss:"], "table_kb": tables, "mapped_pages": mapped,
            "dirty_kb": kilobytes["Shared_Dirty:"] + kilobytes["Private_Dirty:"]}


def files(candidates):
    """Each program's size in bytes, and that of the libraries it loads."""
    found = {}
    for label, argv in candidates.items():
        needed = subprocess.run(["ldd", argv[0]], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        paths = {os.path.realpath(word) for word in needed.split() if word.startswith("/")}
        found[label] = {"bytes": os.stat(argv[0]).st_size, "library_bytes": sum(os.stat(p).st_size for p in paths)}
    return found


def only(candidates, labels):
    return {label: candidates[label] for label in labels if label in candidates}


def growth(sizes, measure):
    """{"sizes": [...], "curves": {label: [10th percentile]}} of measure(size)."""
    curves = {}
    for size in sizes:
        for label, summary in measure(size).items():
            curves.setdefault(label, []).append(summary["p10"])
    return {"sizes": list(sizes), "curves": curves}


def argv_growth(bench, candidates):
    def at(size):
        words = ["x" * 999] * (size // 1000)
        return bench.measure("life", bench.share(0.05), candidates, "noop", *words)
    return growth(ARGV_SIZES, at)


def orphan_growth(bench, candidates):
    def at(count):
        return bench.orphans(bench.share(20 / count, 2), candidates, "burst", count)["cpu_ns"]
    return growth(ORPHAN_COUNTS, at)


def passwd_growth(bench, candidates):
    """The user asked for stands last; the file is mounted over /etc/passwd in a mount namespace of its own."""
    mount = ("unshare", "-m", "sh", "-c", 'mount --bind "$1" /etc/passwd && shift && exec "$@"', "sh")

    def at(lines):
        with tempfile.NamedTemporaryFile("w") as passwd:
            os.chmod(passwd.name, 0o644)
            passwd.write("root:x:0:0:root:/root:/bin/sh\n")
            passwd.writelines(f"user{n}:x:{n}:{n}:User {n}:/home/user{n}:/bin/sh\n" for n in range(2, lines))
            passwd.write("nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n")
            passwd.flush()
            return bench.measure("life", bench.share(min(0.1, 20 / lines), 3), candidates, "nobody",
                                 prefix=(*mount, passwd.name))
    return growth(PASSWD_LINES, at)


def aptwrap(bin_dir, rounds):
    """In a mount namespace, so that its roots are gone with it, whatever happens."""
    script = os.path.join(os.path.dirname(__file__), "apt.py")
    done = subprocess.run(["unshare", "-m", script, bin_dir, str(rounds)], check=True,
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def about(rounds):
    with open("/proc/cpuinfo") as cpuinfo:
        models = [line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name")]
    versions = {}
    for package in PEERS:
        shown = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if shown.stdout:
            versions[package] = shown.stdout
    return {"kernel": platform.release(), "machine": platform.machine(), "cpu": models[0] if models else "",
            "cpus": os.cpu_count(), "rounds": rounds, "load_before": os.getloadavg()[0], "versions": versions}


def say(what):
    print(f"bench: {what}", file=sys.stderr, flush=True)


def main():
    if len(sys.argv) != 4 or not sys.argv[3].isdigit() or int(sys.argv[3]) < 1:
        sys.exit(f"usage: {sys.argv[0]} BIN BENCH ROUNDS")
    if os.geteuid() != 0:
        sys.exit("bench: needs root, for PID namespaces and privilege drops")
    bin_dir, bench_dir, rounds = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
    bench = Bench(bench_dir, rounds)
    ours = strip_programs(bin_dir, bench_dir)
    inits = init_candidates(ours, bench_dir)
    drops = drop_candidates(ours, bench_dir)
    found = {"about": about(rounds)}

    say(f"inits: {', '.join(inits)}")
    found["init"] = {**bench.lives(inits, "noop"),
                     "start": bench.measure("start", bench.share(0.5), inits, "stamp-start"),
                     "exit": bench.measure("exit", rounds, inits, "stamp-end"),
                     "signal": bench.measure("signal", bench.share(5), inits, "signals"),
                     "stream": bench.orphans(bench.share(0.2), inits, "stream", STREAM),
                     "burst": bench.orphans(bench.share(0.05, 15), inits, "burst", BURST),
                     "lost": bench.driver("lost", 1, inits, "signals"),
                     "idle": bench.idle(inits),
                     "calls": bench.system_calls(inits, "noop"),
                     "file": files(inits)}
    say(f"privilege drops: {', '.join(drops)}")
    found["drop"] = {**bench.lives(drops, "nobody"),
                     "calls": bench.system_calls(drops, "nobody"),
                     "file": files(drops)}
    say("what grows")
    found["growth"] = {"argv": argv_growth(bench, only(inits, GROWING_INITS)),
                       "orphans": orphan_growth(bench, only(inits, GROWING_INITS)),
                       "passwd": passwd_growth(bench, only(drops, GROWING_DROPS))}
    found["about"]["load_after"] = os.getloadavg()[0]
    say("apt-get in fresh roots")
    found["apt"] = aptwrap(bin_dir, bench.share(0.003, 2))
    with open("build/bench.json", "w") as out:
        json.dump(found, out, indent=1)
    report.show(found)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"bench: status {failed.returncode} of: {' '.join(failed.cmd)}")
