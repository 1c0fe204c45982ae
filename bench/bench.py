"""Whole processes side by side, alternating, in one run: medians, ratios, spread. Run it with bin/bench."""
import concurrent.futures
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BROOT = HOME + "/bin/broot"
HERE = HOME + "/bench/"
BARE = "bwrap with the same argv, from sh"
CLASS = "the class in Python (stand-in)"
BY_HAND = "a script written by hand"


def measure(commands, rounds):
    times = {name: [] for name in commands}
    for i in range(rounds + 3):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            if i >= 3:
                times[name].append((time.perf_counter() - start) * 1000)
    return times


def table(title, times, against):
    print("\n%s\n" % title)
    print("| what | median ms | quartiles | %s |" % " | ".join("against " + a for a in against))
    print("|---|---|---|%s" % ("---|" * len(against)))
    for name, values in times.items():
        low, middle, high = statistics.quantiles(values, n=4)
        ratios = " | ".join("%.2f" % (middle / statistics.median(times[a])) for a in against)
        print("| %s | %.1f | %.1f to %.1f | %s |" % (name, middle, low, high, ratios))


def pss(pid):
    """KiB of a process and its descendants, bubblewrap and the sandbox left out."""
    with open("/proc/%d/comm" % pid) as comm:
        if comm.read().strip() == "bwrap":
            return 0
    with open("/proc/%d/smaps_rollup" % pid) as rollup:
        total = sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    with open("/proc/%d/task/%d/children" % (pid, pid)) as children:
        return total + sum(pss(int(child)) for child in children.read().split())


def memory(command):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    try:
        return pss(process.pid)
    finally:
        process.stdin.close()
        process.wait()


def cycles(library, python, libdir, spec, rounds):
    """A warm process of each kind does one cycle after the other, in turn."""
    worker = ("import importlib.util, sys; spec = importlib.util.spec_from_file_location('c', %r); "
              "c = importlib.util.module_from_spec(spec); spec.loader.exec_module(c)\n"
              "for line in sys.stdin: print(c.run(%r, ['true'])); print('done', flush=True)") % (HERE + "class.py", libdir)
    commands = {CLASS: [python, "-c", worker], "the library": library + [spec]}
    workers = {name: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
               for name, command in commands.items()}
    times = {name: [] for name in workers}
    for i in range(rounds + 500):
        for name, process in workers.items():
            start = time.perf_counter()
            process.stdin.write("\n")
            process.stdin.flush()
            if process.stdout.readline() != "0\n" or process.stdout.readline() != "done\n":
                raise SystemExit("%s failed" % name)
            if i >= 500:
                times[name].append((time.perf_counter() - start) * 1000)
    for process in workers.values():
        process.stdin.close()
        process.wait()
    return times


def commands(temp):
    """What is compared, by table: host, and for root osbuild. Each runs true."""
    python = shutil.which("python3", path="/usr/bin:/bin") or sys.executable
    os.makedirs(temp + "/lib/runners")
    with open(temp + "/lib/runners/r", "w") as runner:
        runner.write('#!/bin/sh\nexec "$@"\n')
    os.chmod(temp + "/lib/runners/r", 0o755)
    with open(temp + "/host.broot", "w") as spec:
        spec.write("broot 1\nbase host\n")
    with open(temp + "/osbuild.broot", "w") as spec:
        spec.write("broot 1\nbase osbuild-2020\nroot /\nrunner r\nlibdir %s/lib\n" % temp)
    with open(temp + "/bare.sh", "w") as bare:
        argv = subprocess.run([BROOT, "export", temp + "/host.broot"], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
        bare.write("exec " + argv[argv.index("bwrap "):].strip() + ' "$@"\n')
    host = [BROOT, "exec", temp + "/host.broot", "--", "true"]
    tables = {"host": {BARE: ["sh", temp + "/bare.sh", "true"], "broot exec": host}}
    if os.geteuid() == 0:
        os.makedirs("/run/osbuild", exist_ok=True)
        tables["osbuild"] = {
            CLASS: [python, HERE + "class.py", temp + "/lib", "true"],
            BY_HAND: [HERE + "by-hand.sh", temp + "/lib", "true"],
            "broot exec": [BROOT, "exec", temp + "/osbuild.broot", "--", "true"],
        }
    for table_of in tables.values():
        # The first run compiles.
        subprocess.run(table_of["broot exec"], check=True)
    return tables


def uncached(command):
    return [command[0], "exec", "--no-cache"] + command[2:]


def many(command, runs=200, callers=8):
    """How long so many runs by so many callers take, in ms."""
    def call(_):
        for _ in range(runs // callers):
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(callers) as pool:
        list(pool.map(call, range(callers)))
    return (time.perf_counter() - start) * 1000


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory(prefix="bench-") as temp:
        tables = commands(temp)
        print("# %d rounds, medians; %s" % (rounds, os.uname().release))
        host = tables["host"]
        table("A `host` spec, unchanged, running `true`", measure(
            {**host, "broot exec, cache off": uncached(host["broot exec"])}, rounds), [BARE])
        times = {name: [] for name in host}
        for _ in range(5):
            for name, command in host.items():
                times[name].append(many(command))
        table("200 runs of it by 8 callers at once, five times", times, [BARE])
        if "osbuild" in tables:
            osbuild = tables["osbuild"]
            table("An `osbuild-2020` spec, unchanged, running `true`", measure(
                {**osbuild, "broot exec, cache off": uncached(osbuild["broot exec"])}, rounds), [CLASS, BY_HAND])
            with open(HOME + "/interpreter/target/dist/jvm") as jvm:
                library = [jvm.readline().strip(), "-cp", "%s/interpreter/target/dist/broot.jar" % HOME,
                           HERE + "Cycle.java"]
            table("The same in a warm process: set up, run, take down", cycles(
                library, osbuild[CLASS][0], temp + "/lib", temp + "/osbuild.broot", rounds), [CLASS])
        kib = memory([BROOT, "exec", temp + "/host.broot", "--", "sh", "-c", "echo ready; read x"])
        print("\nMemory of broot's own processes while the program runs: %d KiB (proportional set size)" % kib)


if __name__ == "__main__":
    main()
