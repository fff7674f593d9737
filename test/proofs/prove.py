#!/usr/bin/env python3
"""Runs the proofs of this folder and the model: prove.py [--write-table] [NAME...]

Prints a line for each: its name, the seconds that all its runs took, whether it is proven, how many of its mutants made
it fail, and the property. README.md describes the heads of the files, which this program reads. Traces of what failed are
kept in build/prove. Exits with 1 if anything is not as it must be: a proof that fails, a mutant that is not caught, a
point that no run reaches, a table in README.md that differs from the heads. --write-table writes that table.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parent.parent
WORK = TREE / "build/prove"
PAGE = HERE / "README.md"
SOURCES = ["common", "init", "suexec", "aptwrap"]
SECONDS_MAX = 300  # of CPU time, of one run
BEGIN, END = "<!-- prove.py --write-table -->\n", "<!-- end -->\n"


class Head:
    """The keys of a file's first comment; each has the list of its values."""

    def __init__(self, path):
        self.path = path
        self.name = path.stem
        text = path.read_text()
        headers = [HERE / name for name in re.findall(r'^#include "(\w+\.h)"', text, re.M)]
        included = "".join(header.read_text() for header in headers) + text
        self.sources = re.findall(r'^#include "((?:%s)/.*\.c)"' % "|".join(SOURCES), included, re.M)
        self.keys = {}
        key = None
        for line in text[: text.index("*/")].splitlines()[1:]:
            line = line.removeprefix(" *").strip()
            found = re.match(r"([a-z]+): +(.*)", line)
            if found:
                key = found[1]
                self.keys.setdefault(key, []).append(found[2])
            elif key and line:
                self.keys[key][-1] += " " + line
        for key in ("property", "bound"):
            if key not in self.keys:
                sys.exit(f"{path}: the head has no '{key}:'")

    def one(self, key):
        return self.keys.get(key, [""])[0]

    def all(self, key):
        return self.keys.get(key, [])


def run(command, log, cwd=TREE):
    """Returns what the command prints, which is kept in the log, too."""
    limit = (resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    result = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            preexec_fn=lambda: resource.setrlimit(*limit))
    text = result.stdout.decode(errors="replace")
    log.write_text(text)
    return text


def cbmc(head, tree, log, *more):
    return run([*CBMC, HERE / head.path.name, "-I", tree, "-I", HERE, "-D_GNU_SOURCE", '-DVERSION="1"', "--slice-formula",
                "--object-bits", "10", "--no-malloc-may-fail", *head.one("flags").split(), *more], log)


def edited_tree(head, name, edits):
    """Returns a copy of the sources with the edits, sed(1) commands, made, or None if one changes nothing."""
    tree = WORK / name
    shutil.rmtree(tree, ignore_errors=True)
    for folder in SOURCES:
        shutil.copytree(TREE / folder, tree / folder)
    for edit in edits:
        before = [(tree / source).read_bytes() for source in head.sources]
        subprocess.run(["sed", "-i", edit, *(tree / source for source in head.sources)], check=True)
        if before == [(tree / source).read_bytes() for source in head.sources]:
            return None
    return tree


def own_tree(head):
    """The tree of the proof itself: a smaller limit in the code, say, makes it small enough."""
    if not head.all("edit"):
        return TREE
    tree = edited_tree(head, f"{head.name}.tree", head.all("edit"))
    return tree or sys.exit(f"{head.path}: an edit changes nothing")


def proof(head):
    log = WORK / f"{head.name}.log"
    text = cbmc(head, head.tree, log)
    if "VERIFICATION SUCCESSFUL" in text:
        return []
    if "VERIFICATION FAILED" not in text:
        return [f"CBMC could not decide, see {log.relative_to(TREE)}"]
    trace = WORK / f"{head.name}.trace"
    cbmc(head, head.tree, trace, "--trace")
    failed = re.findall(r"^\[.*\] (.*): FAILURE$", text, re.M)
    return [f"FAILED: {words}; see {trace.relative_to(TREE)}" for words in failed]


def reach(head):
    log = WORK / f"{head.name}.reach.log"
    text = cbmc(head, head.tree, log, "-DREACHABILITY", "--no-standard-checks")
    points = re.findall(r"^\[.*\] (.*reach: .*): (SUCCESS|FAILURE|UNKNOWN)$", text, re.M)
    if not points:
        return [f"no point is reached, see {log.relative_to(TREE)}"]
    return [f"not reached: {words}" for words, result in points if result != "FAILURE"]


def mutant(head, edit, number):
    name = f"{head.name}.mutant{number}"
    tree, log = WORK / name, WORK / f"{name}.log"
    if not edited_tree(head, name, [*head.all("edit"), edit]):
        result = [f"mutant {edit}: no line matches"]
    else:
        text = cbmc(head, tree, log, "--stop-on-fail")
        if "VERIFICATION FAILED" in text:
            result = []
        elif "VERIFICATION SUCCESSFUL" in text:
            result = [f"mutant {edit}: not caught"]
        else:
            result = [f"mutant {edit}: CBMC could not decide, see {log.relative_to(TREE)}"]
    shutil.rmtree(tree)
    return result


def explore(head, number, flags, claims):
    """Explores the model. Returns for each claim whether it holds, or why that is not known."""
    folder = WORK / f"{head.name}.{number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    run(["spin", *flags, "-a", head.path], folder / "spin.log", folder)
    run(["gcc", "-O1", "-w", "-DNFAIR=4", "-o", "pan", "pan.c"], folder / "gcc.log", folder)
    results = {}
    for claim in claims:
        log = folder / f"{claim}.log"
        # -a and -f: cycles in which every process that can go on does.
        text = run(["./pan", "-a", "-f", "-m100000", "-N", claim], log, folder) if (folder / "pan").exists() else ""
        errors, states = (re.search(pattern, text) for pattern in (r"errors: (\d+)", r"(\d+) states, stored"))
        # A model that hardly does anything proves nothing.
        if not errors or errors[1] == "0" and (int(states[1]) < 100 or "max search depth too small" in text):
            results[claim] = f"is undecided, see {log.relative_to(TREE)}"
            continue
        results[claim] = errors[1] == "0"
        if not results[claim]:
            run(["spin", "-t", "-p", "-g", *flags, head.path], folder / f"{claim}.trace", folder)
    return results


def model(head, number, row):
    words, flags, claims = (part.strip() for part in row.split("|"))
    results = explore(head, number, flags.split(), claims.split())
    return [f"{words}: {claim} {holds or f'FAILED, see build/prove/{head.name}.{number}/{claim}.trace'}"
            for claim, holds in results.items() if holds is not True]


def model_bug(head, number, row):
    words, flags, claim = (part.strip() for part in row.split("|"))
    holds = explore(head, f"bug{number}", flags.split(), [claim])[claim]
    return [] if holds is False else [f"bug '{words}': {'not found' if holds is True else holds}"]


def timed(function, *arguments):
    start = time.monotonic()
    return function(*arguments), time.monotonic() - start


def begin(pool, head):
    """Returns the runs of one row: of the proof and its reachability, and of the mutants."""
    def later(function, *arguments):
        return pool.submit(timed, function, head, *arguments)

    mutants = head.all("mutant")
    head.tree = own_tree(head)
    if head.path.suffix == ".pml":
        return ([later(model, n, row) for n, row in enumerate(head.all("run"))],
                [later(model_bug, n, row) for n, row in enumerate(mutants)])
    return [later(proof), later(reach)], [later(mutant, edit, n) for n, edit in enumerate(mutants)]


def report(head, runs, mutants):
    """Prints a row; returns whether all is well."""
    wrong = [words for future in runs + mutants for words in future.result()[0]]
    caught = sum(not future.result()[0] for future in mutants)
    proven = not any(future.result()[0] for future in runs)
    seconds = sum(future.result()[1] for future in runs + mutants)
    print(f"{head.name:<22} {seconds:6.1f} s  {'proven' if proven else 'FAILED'}  "
          f"mutants caught {caught} of {len(mutants)}  {head.one('property')} [bound: {head.one('bound')}]")
    for words in wrong:
        print(f"    {words}")
    sys.stdout.flush()
    return not wrong


def table(heads):
    rows = ["| proof | property | bound | assumes, and what keeps that promise | mutants |\n| --- | --- | --- | --- | --- |\n"]
    for head in heads:
        assumed = "; ".join(re.sub(r" *\| *", " (", words) + ")" for words in head.all("assumes")) or "nothing"
        rows.append(f"| {head.name} | {head.one('property')} | {head.one('bound')} | {assumed} | {len(head.all('mutant'))} |\n")
    return "".join(rows)


def check_table(heads, write):
    before, rest = PAGE.read_text().split(BEGIN)
    old, after = rest.split(END)
    if old == table(heads):
        return True
    if write:
        PAGE.write_text(before + BEGIN + table(heads) + END + after)
        return True
    print("README.md's table is not that of the heads: run test/proofs/prove.py --write-table")
    return False


def main():
    heads = [Head(path) for path in sorted(HERE.glob("*.c")) + sorted(HERE.glob("*.pml"))]
    names = sys.argv[1:]
    if names == ["--write-table"]:
        return check_table(heads, True)
    unknown = set(names) - {head.name for head in heads}
    if unknown:
        sys.exit(f"prove.py: no proof is called {' or '.join(sorted(unknown))}")
    good = check_table(heads, False)
    global CBMC
    CBMC = subprocess.run([HERE / "cbmc.sh"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    WORK.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with ThreadPoolExecutor(int(os.environ.get("JOBS", 0)) or os.cpu_count()) as pool:
        rows = [(head, *begin(pool, head)) for head in heads if not names or head.name in names]
        good = all([report(*row) for row in rows]) and good
    used = os.times()
    print(f"{len(rows)} {'proofs' if good else 'proofs, NOT ALL WELL'}, {time.monotonic() - start:.0f} s, "
          f"{used.children_user + used.children_system:.0f} s of CPU")
    return good


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
