"""How the time of `broot check` grows with what it reads, as a plot. Run it with bin/bench --growth FILE.svg."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

BROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + "/bin/broot"
ROUNDS = 7
OPEN = "broot 1\nbase none because \"a benchmark\"\n"


def check(files):
    start = time.perf_counter()
    subprocess.run([BROOT, "check", *files], check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def write(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def binds(directory, count):
    lines = "".join("bind ro /srv/s%d -> /srv/t%d\n" % (i, i) for i in range(count))
    return [write(directory, "binds-%d.broot" % count, OPEN + lines)]


def specs(directory, count):
    text = "broot 1\nbase host\nbind ro /srv/a -> /a\n"
    return [write(directory, "spec-%d.broot" % i, text) for i in range(count)]


def includes(directory, depth):
    for i in range(depth):
        inner = "include i-%d-%d.broot\n" % (depth, i + 1) if i + 1 < depth else ""
        head = OPEN if i == 0 else "fragment 1\n"
        write(directory, "i-%d-%d.broot" % (depth, i), head + inner + "bind ro /srv/s%d -> /t%d\n" % (i, i))
    return [os.path.join(directory, "i-%d-0.broot" % depth)]


PANELS = [
    ("binds in one spec", binds, [10, 350, 700, 1400, 2100, 2800]),
    ("specs in one check", specs, [1, 125, 250, 500, 750, 1000]),
    ("includes, one in the other", includes, [1, 20, 40, 60, 80, 100]),
]


def measure():
    series = []
    with tempfile.TemporaryDirectory(prefix="growth-") as directory:
        cases = [(title, size, make(directory, size)) for title, make, sizes in PANELS for size in sizes]
        times = {(title, size): [] for title, size, _ in cases}
        for round in range(ROUNDS + 1):
            for title, size, files in cases:
                value = check(files)
                if round:
                    times[title, size].append(value)
        for title, _, sizes in PANELS:
            series.append((title, [(size, statistics.median(times[title, size])) for size in sizes]))
    return series


def plot(series):
    width, height, left, bottom, top = 300, 220, 52, 40, 30
    top_value = max(value for _, points in series for _, value in points)
    step = next(s for s in (50, 100, 200, 500, 1000, 2000, 5000) if top_value / s <= 6)
    limit = (int(top_value / step) + 1) * step
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">'
        % (width * len(series), height),
        "<style>text{fill:#333}.grid{stroke:#ddd}.line{fill:none;stroke:#0b57a4;stroke-width:2}.dot{fill:#0b57a4}"
        ".page{fill:#fdfdfc}@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}"
        ".line{stroke:#8ab9f5}.dot{fill:#8ab9f5}.page{fill:#16181b}}</style>",
        '<rect class="page" width="100%" height="100%"/>',
    ]
    for number, (title, points) in enumerate(series):
        x0 = number * width + left
        wide, high = width - left - 20, height - bottom - top
        most = points[-1][0]
        place = lambda size, value: (x0 + wide * size / most, top + high * (1 - value / limit))
        for tick in range(0, limit + 1, step):
            y = place(0, tick)[1]
            out.append('<line class="grid" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>' % (x0, y, x0 + wide, y))
            out.append('<text x="%.1f" y="%.1f" text-anchor="end">%d</text>' % (x0 - 6, y + 4, tick))
        for size in (points[0][0], most // 2, most):
            x = place(size, 0)[0]
            out.append('<text x="%.1f" y="%d" text-anchor="middle">%d</text>' % (x, height - bottom + 16, size))
        out.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (x0 + wide / 2, height - 8, title))
        out.append('<text x="%.1f" y="%d">ms</text>' % (x0 - 30, top - 12))
        corners = [place(size, value) for size, value in points]
        out.append('<polyline class="line" points="%s"/>' % " ".join("%.1f,%.1f" % corner for corner in corners))
        out.extend('<circle class="dot" cx="%.1f" cy="%.1f" r="3"/>' % corner for corner in corners)
    return "\n".join(out + ["</svg>", ""])


def main():
    series = measure()
    for title, points in series:
        print("%s: %s" % (title, ", ".join("%d: %.0f ms" % point for point in points)))
    part = sys.argv[1] + ".part"
    with open(part, "w") as file:
        file.write(plot(series))
    os.rename(part, sys.argv[1])


main()
