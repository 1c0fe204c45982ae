"""What patterns and images add to a run, side by side with the same run without them. Run it with bin/bench --patterns or --image."""
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile

from bench import BROOT, measure, table

PATTERNS = ["hide %s/**/.env", "hide %s/**/*.pem", "protect %s/**/*.broot"]
FIND = ["(", "-name", ".env", "-prune", ")", "-o", "(", "-name", "*.pem", "-prune", ")", "-o", "-name", "*.broot"]


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    return path


def command(spec, *program):
    whole = [BROOT, "exec", spec, "--", *program]
    # The first run compiles, and unpacks.
    subprocess.run(whole, check=True, stdout=subprocess.DEVNULL)
    return whole


def added(times, more, less, of=statistics.median):
    return of(times[more]) - of(times[less])


def patterns(temp, rounds):
    tree = temp + "/tree"
    for i in range(400):
        os.makedirs("%s/d%d/e%d" % (tree, i // 20, i % 20))
        for j in range(50):
            write("%s/d%d/e%d/file%d.c" % (tree, i // 20, i % 20, j), "")
    write(tree + "/d3/e4/.env", "")
    write(tree + "/d5/e6/key.pem", "")
    write(tree + "/d7/build.broot", "")
    spec = 'broot 1\nbase host\nbind rw %s -> /work because "the bench works here"\n' % tree
    lines = "".join(line % tree + "\n" for line in PATTERNS)
    times = measure({
        "find, for the three patterns": ["find", tree, *FIND, "-fprint", "/dev/null"],
        "broot exec, without them": command(write(temp + "/less.broot", spec), "true"),
        "broot exec, with them": command(write(temp + "/more.broot", spec + lines), "true"),
    }, rounds)
    table("Three patterns over a tree of 20,000 files", times, ["find, for the three patterns"])
    for name, of in ("medians", statistics.median), ("the fastest of each", min):
        more = added(times, "broot exec, with them", "broot exec, without them", of)
        alone = of(times["find, for the three patterns"])
        print("\nBy %s, the patterns add %.1f ms, which is %.2f of find." % (name, more, more / alone))


def image(temp, rounds):
    os.makedirs(temp + "/root/bin")
    for directory in "proc", "dev", "tmp":
        os.makedirs(temp + "/root/" + directory)
    busybox = subprocess.run("command -v busybox", shell=True, check=True, stdout=subprocess.PIPE, text=True).stdout
    subprocess.run(["cp", busybox.strip(), temp + "/root/bin/busybox"], check=True)
    subprocess.run(["tar", "-C", temp + "/root", "-cf", temp + "/image.tar", "."], check=True)
    with open(temp + "/image.tar", "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    os.environ["XDG_CACHE_HOME"] = temp + "/cache"
    rest = ("unshare user\nunshare pid\nunshare net\nunshare ipc\nnew-session\ndie-with-parent\n"
            "bind ro ${root} -> /\nproc /proc\ndev /dev\n")
    roots = {"a directory": "root %s/root" % temp, "an image in the cache": "root image tar %s/image.tar digest sha256:%s" % (temp, digest)}
    times = measure({
        name: command(write("%s/%d.broot" % (temp, number), "broot 1\nbase none\n%s\n%s" % (line, rest)), "/bin/busybox", "true")
        for number, (name, line) in enumerate(roots.items())
    }, rounds)
    table("`broot exec` with a root that is", times, ["a directory"])
    print("\nThe image adds %.1f ms." % added(times, "an image in the cache", "a directory"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        {"--patterns": patterns, "--image": image}[sys.argv[1]](made, int(sys.argv[2]) if len(sys.argv) > 2 else 30)
