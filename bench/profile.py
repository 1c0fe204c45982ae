"""Where the time of a run goes: the programs that it starts, when, and for how long. Run it with bin/bench --profile."""
import re
import subprocess
import sys
import tempfile

from bench import commands

EXEC = re.compile(r'^(\d+) +([\d.]+) execve\("([^"]*)", .*(?: = 0|<unfinished \.\.\.>)$')
FAILED = re.compile(r"^(\d+) +[\d.]+ <\.\.\. execve resumed>.* = -1 ")
FORK = re.compile(r"^\d+ +[\d.]+ (?:<\.\.\. )?(?:v?fork|clone3?)\b.* = \d+$")
EXIT = re.compile(r"^(\d+) +([\d.]+) \+\+\+ (?:exited|killed)")


def traced(command, log):
    # Only these calls stop: the others cost what they cost without strace.
    subprocess.run(["strace", "-q", "-f", "--seccomp-bpf", "-ttt", "-e", "trace=execve,fork,vfork,clone,clone3", "-e",
                    "signal=none", "-o", log] + command, check=True)
    programs, forks, ends, first = [], 0, {}, None
    with open(log, errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            first = first or float(line.split()[1])
            started, failed, ended = EXEC.match(line), FAILED.match(line), EXIT.match(line)
            if started:
                programs.append([started[1], (float(started[2]) - first) * 1000, started[3]])
            elif failed:
                programs.remove([program for program in programs if program[0] == failed[1]][-1])
            elif FORK.match(line):
                forks += 1
            elif ended:
                ends[ended[1]] = (float(ended[2]) - first) * 1000
    for number, (pid, at, _) in enumerate(programs):
        # A program ends where its process becomes another.
        later = [other[1] for other in programs[number + 1:] if other[0] == pid]
        programs[number].append((later[0] if later else ends.get(pid, at)) - at)
    return programs, forks


def calls(command):
    """All system calls of a run, those of bubblewrap and of the program among them."""
    with tempfile.NamedTemporaryFile(prefix="bench-") as log:
        subprocess.run(["strace", "-qq", "-f", "-c", "-o", log.name] + command, check=True)
        total = log.read().decode().splitlines()[-1].split()
    return int(total[3])


def main():
    print("strace makes all of it slower, most of all what waits for bubblewrap's mounts. Compare what is started, not the times.")
    with tempfile.TemporaryDirectory(prefix="bench-") as temp:
        for name, compared in commands(temp).items():
            for what, command in compared.items():
                programs, forks = traced(command, temp + "/log")
                print("\n%s, %s: %d programs, %d new processes, %d system calls\n"
                      % (name, what, len(programs), forks, calls(command)))
                print("| starts at ms | lives ms | program |\n|---|---|---|")
                for _, at, program, lives in programs:
                    print("| %.1f | %.1f | %s |" % (at, lives, program.replace(temp, "")))


if __name__ == "__main__":
    sys.exit(main())
