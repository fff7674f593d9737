"""The chart: bars for what is compared, curves for what grows. Plain SVG, no script, no font but the reader's."""

from html import escape
from math import log10

WIDTH = 960
COLUMNS = 3
PANEL = WIDTH // COLUMNS
BAR = 18
LABEL = 116  # room for a bar's name
PLOT = 170   # a curve panel's height
OURS, PEER, FLOOR = "#0f766e", "#94a3b8", "#cbd5e1"
CURVES = ("#cbd5e1", OURS, "#b45309", "#7c3aed", "#be123c", "#1d4ed8")


def text(x, y, what, **attributes):
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.0f}" y="{y:.0f}"{extra}>{escape(str(what))}</text>'


def bars(title, figures, shown):
    """A panel of one bar for each label. Returns its lines and its height."""
    lines = [text(0, 14, title, font_weight="bold")]
    most = max(figures.values()) or 1
    room = PANEL - LABEL - 64
    for row, (label, figure) in enumerate(figures.items()):
        y = 24 + row * BAR
        colour = FLOOR if label == "floor" else OURS if label.startswith("ours") else PEER
        width = max(1, figure / most * room)
        lines += [text(LABEL - 6, y + 12, label, text_anchor="end"),
                  f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR - 4}" fill="{colour}"/>',
                  text(LABEL + width + 4, y + 12, shown(figure))]
    return lines, 24 + len(figures) * BAR + 20


def short(number):
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{unit}"
    return f"{number:g}"


def ticks(low, high):
    """1, 2 and 5 times powers of ten: from the last that is not above low to the first that is not below high."""
    steps = [step * 10.0 ** power for power in range(-9, 10) for step in (1, 2, 5)]
    return [tick for tick in steps if
            tick >= max(t for t in steps if t <= low) and tick <= min(t for t in steps if t >= high)]


def curves(title, growth, divisor):
    """A panel of curves over two logarithmic axes."""
    left, right, top = 34, PANEL - 30, 26
    sizes = growth["sizes"]
    values = {label: [value / divisor for value in curve] for label, curve in growth["curves"].items()}
    marks = ticks(min(map(min, values.values())), max(map(max, values.values())))
    low, high = log10(marks[0]), log10(marks[-1])

    def x(size):
        return left + (right - left) * log10(size / sizes[0]) / log10(sizes[-1] / sizes[0])

    def y(value):
        return top + PLOT * (high - log10(value)) / (high - low)

    lines = [text(0, 14, title, font_weight="bold")]
    for mark in marks if high - low < 2 else marks[::3]:
        lines += [f'<line x1="{left}" x2="{right}" y1="{y(mark):.0f}" y2="{y(mark):.0f}" stroke="#e2e8f0"/>',
                  text(left - 4, y(mark) + 4, short(mark), text_anchor="end")]
    for size in sizes:
        lines.append(text(x(size), top + PLOT + 16, short(size), text_anchor="middle"))
    for row, (label, curve) in enumerate(values.items()):
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, curve))
        colour = CURVES[row % len(CURVES)]
        legend = (left + row % 2 * (PANEL - left) / 2, top + PLOT + 36 + row // 2 * 16)
        lines += [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
                  f'<rect x="{legend[0]:.0f}" y="{legend[1] - 9:.0f}" width="12" height="9" fill="{colour}"/>',
                  text(legend[0] + 16, legend[1], label)]
    return lines, top + PLOT + 36 + (len(values) + 1) // 2 * 16 + 20


def draw(found):
    init, growth = found["init"], found["growth"]

    def ratios(summaries):
        return {label: summary["ratio"] for label, summary in summaries.items()}

    def of_idle(name):
        return {label: figures[name] for label, figures in init["idle"].items()}

    def times(figure):
        return f"{figure:.2f}"

    panels = [
        bars("Start, ratio to the floor", ratios(init["life"]), times),
        bars("Exit, ratio to the floor", ratios(init["exit"]), times),
        bars("Memory when idle, kB", of_idle("rss_kb"), str),
        bars("Signal latency, ratio to the floor", ratios(init["signal"]), times),
        bars("CPU per orphan, ratio to the floor", ratios(init["burst"]["cpu_ns"]), times),
        bars("Privilege drop, ratio to the floor", ratios(found["drop"]["life"]), times),
        curves("Start, ms, by bytes of argv", growth["argv"], 1e6),
        curves("CPU per orphan, µs, by orphans", growth["orphans"], 1e3),
        curves("Privilege drop, ms, by passwd lines", growth["passwd"], 1e6),
    ]
    body, y = [], 16
    for first in range(0, len(panels), COLUMNS):
        row = panels[first:first + COLUMNS]
        for column, (lines, _) in enumerate(row):
            body += [f'<g transform="translate({column * PANEL + 12},{y})">', *lines, "</g>"]
        y += max(height for _, height in row)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" '
        'font-family="sans-serif" font-size="12" fill="#0f172a">',
        '<rect width="100%" height="100%" fill="#ffffff"/>', *body, "</svg>", ""])
