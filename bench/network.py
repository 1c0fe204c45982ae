"""What a network by name adds to a run, what passes through it, and the memory of its parts. Run it with bin/bench --network."""
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading

from bench import measure, memory, table
from parts import added, command, write

MIB = 1 << 20
SENT = 512
# In the sandbox: how many seconds it takes to read everything.
CLIENT = """import socket, sys, time
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
b = bytearray(1 << 16)
start = time.perf_counter()
n = 0
while (got := s.recv_into(b)):
    n += got
print(n, time.perf_counter() - start)
"""
# By hand: a network with nothing but a loopback device, and a pair of socat with the options of broot's.
PAIR = """ip link set lo up
socat -b 65536 TCP4-LISTEN:$2,bind=127.0.0.1,fork,reuseaddr,nodelay UNIX-CONNECT:"$1" & pair=$!
until ss -Hlnt | grep -q ":$2 "; do :; done
/usr/bin/python3 -c "$3" "$2"
kill $pair
"""


def serve():
    """A server on the loopback device of the host, which sends so many MiB to each who connects."""
    server = socket.create_server(("127.0.0.1", 0))
    block = bytes(MIB)

    def send(connection):
        with connection:
            for _ in range(SENT):
                connection.sendall(block)

    def accept():
        while True:
            threading.Thread(target=send, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def speed(whole):
    count, seconds = subprocess.run(whole, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    if int(count) != SENT * MIB:
        raise SystemExit("%s bytes of %d came through: %s" % (count, SENT * MIB, whole))
    return SENT / float(seconds)


def throughput(temp, port, rounds):
    path = temp + "/s"
    relay = subprocess.Popen(["socat", "-b", "65536", "UNIX-LISTEN:%s,fork" % path, "TCP4:127.0.0.1:%d" % port])
    spec = write(temp + "/relay.broot", 'broot 1\nbase host\nnet allow localhost:%d because "the bench"\n' % port)
    through = command(spec, "true")[:-1] + ["/usr/bin/python3", "-c", CLIENT, str(port)]
    by_hand = ["unshare", "-rn", "sh", "-c", PAIR, "sh", path, str(port), CLIENT]
    while not os.path.exists(path):
        pass
    speeds = {"through broot's relay": [], "through the same pair by hand": [], "without one": []}
    try:
        for _ in range(rounds):
            for name, whole in zip(speeds, (through, by_hand, ["/usr/bin/python3", "-c", CLIENT, str(port)])):
                speeds[name].append(speed(whole))
    finally:
        relay.terminate()
        relay.wait()
    print("\n%d MiB from a service of the host, medians of %d\n\n| way | MiB a second |\n|---|---|" % (SENT, rounds))
    for name, values in speeds.items():
        print("| %s | %.0f |" % (name, statistics.median(values)))
    first, second, _ = (statistics.median(values) for values in speeds.values())
    print("\nThrough broot's relay comes %.2f of what the pair by hand takes." % (first / second))


def main(temp, rounds):
    start = "broot 1\nbase host\n"
    lines = ['net allow localhost:%d because "the bench"\n' % port for port in range(7001, 7006)]
    texts = {
        "no network": start,
        "`net allow`, one line": start + lines[0],
        "`net allow`, five lines": start + "".join(lines),
    }
    if shutil.which("pasta"):
        texts["`net user`"] = start + "net user because \"the bench\"\n"
    commands = {}
    for number, (name, text) in enumerate(texts.items()):
        commands[name] = command(write("%s/%d.broot" % (temp, number), text), "true")
    if shutil.which("pasta"):
        # As root it complains, and works.
        runas = "--runas 0:0" if os.geteuid() == 0 else ""
        commands["pasta alone"] = ["sh", "-c", "exec pasta -q --config-net %s -- true 2>/dev/null" % runas]
    times = measure(commands, rounds)
    table("A run of `true`", times, ["no network"])
    print("\nOne line adds %.1f ms, five add %.1f ms." % tuple(added(times, name, "no network") for name in list(texts)[1:3]))
    if "pasta alone" in times:
        print("`net user` adds %.1f ms; pasta alone takes %.1f ms." % (added(times, "`net user`", "no network"), statistics.median(times["pasta alone"])))
    throughput(temp, serve(), max(3, rounds // 6))
    without, five = (memory(commands[name][:-1] + ["sh", "-c", "echo ready; read x"]) for name in ("no network", "`net allow`, five lines"))
    print("\nFive lines cost %.1f MiB of memory while the program runs." % ((five - without) / 1024))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        main(made, int(sys.argv[1]) if len(sys.argv) > 1 else 30)
