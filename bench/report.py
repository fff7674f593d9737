#!/usr/bin/python3 -B
"""Tables and a chart from the figures of a run

  report.py              prints the tables and the goals of build/bench.json, and draws build/bench.svg
  report.py --publish    keeps that run in bench/figures.json, draws bench/figures.svg, and writes the figures into README.md and
                         bench/README.md
  report.py --check      fails if the chart or one of the two differs from bench/figures.json
"""

import json
import re
import signal
import sys

import chart

# The goals: table, column, the most that our programs may have there; the row, if not all of ours.
GOALS = (("times", "start", 1.28), ("times", "exit", 1.18), ("times", "signal", 1.08), ("times", "stream CPU", 1.10),
         ("times", "burst CPU", 1.10), ("costs", "RSS kB", 56), ("costs", "dirty kB", 16), ("costs", "wake-ups", 0),
         ("costs", "file kB", 64), ("drops", "start", 1.50), ("drops", "calls", 40), ("drops", "file kB", 64),
         ("libpq5 in trixie", "CPU", 0.65, "ours"), ("libpq5 in trixie", "CPU", 0.35, "ours, warm"),
         *((f"{package} in {suite}", "residue kB", 0) for suite in ("bookworm", "trixie")
           for package in ("libpq5", "curl", "gcc libpq-dev")))

# Columns that make report.py prints and --publish leaves out.
DETAILS = ("as PID 1", "stream wall", "burst wall", "PSS", "dirty kB", "mapped", "tables", "CPU s", "wall s", "files")
FIGURES, CHART = "bench/figures.json", "bench/figures.svg"
PUBLISHED_PART = re.compile(r"(?<=<!-- by bench/report.py --publish -->\n).*?(?=<!-- end -->)", re.DOTALL)


def ratio(summary):
    return f"{summary['ratio']:.2f}"


def file_size(size):
    libraries = f"+{size['library_bytes'] / 1000:.0f}" if size["library_bytes"] else ""
    return f"{size['bytes'] / 1000:.0f}{libraries}"


def bits(mask):
    return [number for number in range(1, 65) if mask >> (number - 1) & 1]


def lost(found):
    """Kinds lost alone, kinds lost of a volley, real-time signals lost."""
    return f"{len(bits(found['alone'][0]))}/{len(bits(found['volley'][0]))}/{found['realtime'][0]}"


def signal_name(number):
    try:
        return signal.Signals(number).name[3:]
    except ValueError:
        return f"RTMIN+{number - 34}" if number >= 34 else str(number)


def each(figures, text):
    return {label: text(figure) for label, figure in figures.items()}


# Columns: title to {label: text}.

def time_columns(init):
    return {
        "start": each(init["life"], ratio),
        "as PID 1": each(init["start"], ratio),
        "exit": each(init["exit"], ratio),
        "signal": each(init["signal"], ratio),
        "stream CPU": each(init["stream"]["cpu_ns"], ratio),
        "stream wall": each(init["stream"]["wall_ns"], ratio),
        "burst CPU": each(init["burst"]["cpu_ns"], ratio),
        "burst wall": each(init["burst"]["wall_ns"], ratio),
    }


def cost_columns(init):
    idle = init["idle"]
    return {
        "lost": each(init["lost"], lost),
        "faults": each(init["faults"], str),
        "calls": each(init["calls"], str),
        "RSS kB": each(idle, lambda memory: str(memory["rss_kb"])),
        "PSS": each(idle, lambda memory: str(memory["pss_kb"])),
        "dirty kB": each(idle, lambda memory: str(memory["dirty_kb"])),
        "mapped": each(idle, lambda memory: str(memory["mapped_pages"])),
        "tables": each(idle, lambda memory: str(memory["table_kb"])),
        "wake-ups": each(idle, lambda memory: str(memory["wakeups"])),
        "file kB": each(init["file"], file_size),
    }


def drop_columns(drop):
    return {
        "start": each(drop["life"], ratio),
        "faults": each(drop["faults"], str),
        "calls": each(drop["calls"], str),
        "file kB": each(drop["file"], file_size),
    }


def apt_columns(ways):
    old = ways["old script"]
    return {
        "CPU": each(ways, lambda way: f"{way['cpu_s'] / old['cpu_s']:.2f}"),
        "wall": each(ways, lambda way: f"{way['wall_s'] / old['wall_s']:.2f}"),
        "CPU s": each(ways, lambda way: f"{way['cpu_s']:.2f}"),
        "wall s": each(ways, lambda way: f"{way['wall_s']:.2f}"),
        "fetched kB": each(ways, lambda way: f"{way['fetched_bytes'] / 1000:.0f}"),
        "residue kB": each(ways, lambda way: f"{way['residue_bytes'] / 1000:.0f}"),
        "files": each(ways, lambda way: str(way["residue_files"])),
    }


def apt_tables(apt):
    return {f"{package} in {suite}": apt_columns(ways)
            for suite, packages in apt["suites"].items() for package, ways in packages.items()}


def rows(columns):
    labels = next(iter(columns.values()))
    return [["", *columns]] + [[label, *(cells[label] for cells in columns.values())] for label in labels]


def aligned(table):
    widths = [max(map(len, column)) for column in zip(*table)]
    return "\n".join("  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in
                                                            zip(row[1:], widths[1:])]) for row in table)


def markdown(columns):
    table = rows({name: cells for name, cells in columns.items() if name not in DETAILS})
    head, *body = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([head, "| --- |" + " ---: |" * (len(table[0]) - 1), *body])


def side_by_side(tables):
    """One table of several: {title: columns} to columns whose rows are named "title, row"."""
    joined = {}
    for title, columns in tables.items():
        for name, cells in columns.items():
            joined.setdefault(name, {}).update({f"{title}: {label}": text for label, text in cells.items()})
    return joined


def floor_line(found):
    """What the ratios are ratios to."""
    init, drop = found["init"], found["drop"]
    parts = [("start", init["life"]), ("as PID 1", init["start"]), ("exit", init["exit"]), ("signal", init["signal"]),
             ("stream CPU", init["stream"]["cpu_ns"]), ("burst CPU", init["burst"]["cpu_ns"]), ("drop", drop["life"])]
    return "floor, µs: " + ", ".join(f"{name} {figure['floor']['p10'] / 1000:.1f}" for name, figure in parts)


def about_line(about):
    versions = ", ".join(f"{package} {version}" for package, version in about["versions"].items())
    return (f"{about['cpu']}, {about['cpus']} processors, Linux {about['kernel']} {about['machine']}, load "
            f"{about['load_before']:.1f} to {about['load_after']:.1f}, {about['rounds']} rounds; {versions}")


def lost_lines(found_lost):
    for label, found in found_lost.items():
        for way in ("alone", "volley"):
            if found[way][0]:
                yield f"lost {way}, {label}: " + " ".join(map(signal_name, bits(found[way][0])))


def goal_lines(tables):
    for table, column, most, *row in GOALS:
        for label, text in tables[table][column].items():
            if label in row or not row and label.startswith("ours"):
                met = "met" if float(text) <= most else "MISSED"
                yield f"goal {table}, {column} <= {most:g}: {label} {text}, {met}"


def growth_table(curves, unit, divisor):
    head = [f"{unit}"] + [f"{size:,}" for size in curves["sizes"]]
    return [head] + [[label] + [f"{value / divisor:.2f}" for value in values]
                     for label, values in curves["curves"].items()]


def growth_tables(growth):
    yield "start against bytes of argv, ms", growth_table(growth["argv"], "bytes", 1e6)
    yield "CPU per orphan against orphans at once (at most 20,000), µs", growth_table(growth["orphans"], "orphans", 1e3)
    yield "privilege drop against lines of passwd, ms", growth_table(growth["passwd"], "lines", 1e6)


def show(found):
    """Prints all of a run."""
    tables = {"times": time_columns(found["init"]), "costs": cost_columns(found["init"]),
              "drops": drop_columns(found["drop"]), **apt_tables(found["apt"])}
    titles = {"times": "Inits, ratios to the floor", "costs": "Inits, what they cost", "drops": "Privilege drops"}

    print(about_line(found["about"]))
    print(floor_line(found))
    for name, columns in tables.items():
        print(f"\n{titles.get(name, 'Installing ' + name)}\n{aligned(rows(columns))}")
    for title, table in growth_tables(found["growth"]):
        print(f"\n{title}\n{aligned(table)}")
    print("", *lost_lines(found["init"]["lost"]), "", *goal_lines(tables), sep="\n")
    write("build/bench.svg", chart.draw(found))


def published_tables(found):
    """For bench/README.md."""
    inits = {**time_columns(found["init"]), **cost_columns(found["init"])}
    return "\n\n".join([
        "", markdown(inits), markdown(drop_columns(found["drop"])), markdown(side_by_side(apt_tables(found["apt"]))),
        f"{about_line(found['about'])}.", ""])


def published_summary(found):
    """For README.md: a line for each program."""
    init, drop, apt = found["init"], found["drop"]["life"], found["apt"]["suites"]["trixie"]["libpq5"]

    def against(figure, unit, ours, *others):
        return f"{figure(ours)}{unit} ({', '.join(f'{other} {figure(other)}{unit}' for other in others)})"

    start = against(lambda label: ratio(init["life"][label]), "", "ours as tini", "tini", "dumb-init")
    memory = against(lambda label: init["idle"][label]["rss_kb"], " kB", "ours as tini", "tini", "dumb-init")
    drops = against(lambda label: ratio(drop[label]), "", "ours as gosu", "gosu", "setpriv")
    cpu = against(lambda way: f"{apt[way]['cpu_s']:.1f}", " s", "ours", "one-liner", "minideb's")
    left = against(lambda way: f"{apt[way]['residue_bytes'] / 1000:.0f}", " kB", "ours", "one-liner", "minideb's")
    return f"""
- praekelt-init as tini: start takes this many times the minimum that the kernel needs: {start}. Idle memory: {memory}.
- praekelt-suexec as gosu: a privilege drop takes this many times the minimum: {drops}.
- praekelt-aptwrap, `apt-get-install libpq5` on trixie: CPU time {cpu}; left in the layer besides the package: {left}.

"""


def read(path):
    with open(path, encoding="utf-8") as text:
        return text.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def pages_with(found):
    """{path: text} of the pages that show figures."""
    parts = {"README.md": published_summary(found), "bench/README.md": published_tables(found)}
    return {path: PUBLISHED_PART.sub(lambda _, part=part: part, read(path), count=1) for path, part in parts.items()}


def main(argv):
    if argv == ["--publish"]:
        write(FIGURES, read("build/bench.json"))
        found = json.loads(read(FIGURES))
        write(CHART, chart.draw(found))
        for path, text in pages_with(found).items():
            write(path, text)
    elif argv == ["--check"]:
        found = json.loads(read(FIGURES))
        for path, text in {**pages_with(found), CHART: chart.draw(found)}.items():
            if text != read(path) or not path.endswith("svg") and not PUBLISHED_PART.search(text):
                sys.exit(f"{path} differs from {FIGURES}: run bench/report.py --publish")
    elif not argv:
        show(json.loads(read("build/bench.json")))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
