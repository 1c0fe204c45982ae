"""Process 1 of a namespace: runs a command, kills a part of the run, and tells which processes are left."""

import ctypes
import os
import signal
import subprocess
import sys
import time


BEFORE = set()


def processes():
    found = {}
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{number}/stat", encoding="utf-8", errors="replace") as file:
                name, rest = file.read().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(number) not in BEFORE:
            found[int(number)] = (name, int(parent), state)
    return found


def await_that(true):
    until = time.monotonic() + 20
    while not true():
        if time.monotonic() > until:
            return False
        # Whoever has no parent any more is ours.
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        time.sleep(0.01)
    return True


def numbers(name):
    return [number for number, one in processes().items() if one[0] == name]


what, *command = sys.argv[1:]
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
BEFORE.update(processes(), [os.getpid()])
# Where we are not process 1: PR_SET_CHILD_SUBREAPER.
ctypes.CDLL(None).prctl(36, 1)
script = subprocess.Popen(command).pid


def program():
    # While broot looks at the mounts, it sleeps too.
    all = processes()
    return [n for n in numbers("sleep") if all.get(all.get(n, ("", 0, ""))[1], ("",))[0] == "bwrap"]


assert await_that(program), "the program did not start"
if what == "script":
    os.kill(script, signal.SIGKILL)
elif what == "bubblewrap":
    os.kill(min(numbers("bwrap")), signal.SIGKILL)
elif what == "proxy":
    os.kill(numbers("tinyproxy")[0], signal.SIGKILL)
    assert await_that(lambda: not numbers("tinyproxy")), "the proxy was not killed"
    assert program(), "the program ended with the proxy"
    os.kill(script, signal.SIGTERM)
else:
    relays = numbers("socat")
    first = {processes()[number][1] for number in relays}.pop()
    os.kill(relays[0] if what == "relay" else first, signal.SIGKILL)
    assert await_that(lambda: len(numbers("socat")) < len(relays)), "the relay was not killed"
    assert program(), "the program ended with a relay"
    os.kill(script, signal.SIGTERM)
await_that(lambda: not processes())
print("left:", " ".join(sorted(one[0] for one in processes().values())))
