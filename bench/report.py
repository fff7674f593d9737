#!/usr/bin/python3 -B
"""Tables and a chart from the figures of a run: report.py [build/bench.json]

Prints aligned tables, and writes bench.svg and bench.md (tables for README.md) into build/.
"""

import json
import signal
import sys

import chart

# What we want of ourselves: table, column, most that it may be.
GOALS = (("times", "start", 1.25), ("times", "exit", 1.15), ("times", "signal", 1.08), ("times", "burst CPU", 1.10),
         ("costs", "RSS kB", 48), ("costs", "dirty kB", 16), ("costs", "wake-ups", 0), ("costs", "file kB", 64),
         ("drops", "start", 1.50), ("drops", "calls", 40), ("drops", "file kB", 64),
         ("libpq5", "wall", 0.80), ("libpq5", "residue kB", 0))

# Columns that are only for who looks closely, not for a README.
DETAILS = ("as PID 1", "stream wall", "burst wall", "PSS", "dirty kB", "mapped", "tables", "wall", "files")


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
    old = ways["old script"]["wall_s"]
    return {
        "wall": each(ways, lambda way: f"{way['wall_s'] / old:.2f}"),
        "wall s": each(ways, lambda way: f"{way['wall_s']:.2f}"),
        "fetched kB": each(ways, lambda way: f"{way['fetched_bytes'] / 1000:.0f}"),
        "residue kB": each(ways, lambda way: f"{way['residue_bytes'] / 1000:.0f}"),
        "files": each(ways, lambda way: str(way["residue_files"])),
    }


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
    for table, column, most in GOALS:
        for label, text in tables[table][column].items():
            if label.startswith("ours"):
                met = "met" if float(text) <= most else "MISSED"
                yield f"goal {column} <= {most:g}: {label} {text}, {met}"


def growth_table(curves, unit, divisor):
    head = [f"{unit}"] + [f"{size:,}" for size in curves["sizes"]]
    return [head] + [[label] + [f"{value / divisor:.2f}" for value in values]
                     for label, values in curves["curves"].items()]


def growth_tables(growth):
    yield "start against bytes of argv, ms", growth_table(growth["argv"], "bytes", 1e6)
    yield "CPU per orphan against orphans at once (at most 20,000), µs", growth_table(growth["orphans"], "orphans", 1e3)
    yield "privilege drop against lines of passwd, ms", growth_table(growth["passwd"], "lines", 1e6)


def write(found):
    apt = found["apt"]
    tables = {"times": time_columns(found["init"]), "costs": cost_columns(found["init"]),
              "drops": drop_columns(found["drop"]),
              **{package: apt_columns(ways) for package, ways in apt["packages"].items()}}
    titles = {"times": "Inits, ratios to the floor", "costs": "Inits, what they cost", "drops": "Privilege drops",
              **{package: f"Installing {package} in {apt['suite']}" for package in apt["packages"]}}

    print(about_line(found["about"]))
    print(floor_line(found))
    for name, columns in tables.items():
        print(f"\n{titles[name]}\n{aligned(rows(columns))}")
    for title, table in growth_tables(found["growth"]):
        print(f"\n{title}\n{aligned(table)}")
    print("", *lost_lines(found["init"]["lost"]), "", *goal_lines(tables), sep="\n")
    with open("build/bench.md", "w", encoding="utf-8") as out:
        for name, columns in tables.items():
            out.write(f"**{titles[name]}**\n\n{markdown(columns)}\n\n")
        out.write(f"{floor_line(found)}. {about_line(found['about'])}.\n")
    with open("build/bench.svg", "w", encoding="utf-8") as out:
        out.write(chart.draw(found))


if __name__ == "__main__":
    with open(sys.argv[1] if len(sys.argv) > 1 else "build/bench.json") as figures:
        write(json.load(figures))
