"""A host for a test with a world outside: two networks, a cable, and servers on both ends. Runs a command on the host, and ends with
its status."""

import os
import socket
import subprocess
import sys
import threading

from machine import add, cable, far, name, run, serve

HERE = ["198.51.100.2/24", "2001:db8:1::2/64"]
THERE = ["198.51.100.1/24", "203.0.113.5/32", "10.9.9.9/32", "100.64.0.9/32", "fd00::9/128", "2001:db8:1::1/64", "2001:db8::6/128"]
# By the first part of a name; all others lead to the host outside.
LEADS = {
    "private": "10.9.9.9",
    "carrier": "100.64.0.9",
    "local": "fd00::9",
    "loop": "127.0.0.1",
    "self": "198.51.100.2",
    "docker": "172.17.0.1",
    "meta": "169.254.169.254",
    "mapped": "::ffff:10.9.9.9",
    "six": "2001:db8::6",
}
# Of the host too, and on no cable.
MORE = ["172.17.0.1/16", "169.254.169.254/32"]


def serving():
    for address in ["203.0.113.5", "2001:db8::6", "10.9.9.9", "100.64.0.9", "fd00::9"]:
        serve(address, 7001, name(address))


def answers():
    """A name server on the host's own address."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.53", 53))
    while True:
        asked, client = server.recvfrom(2000)
        end = asked.index(b"\0", 12) + 5
        leads = LEADS.get(asked[13 : 13 + asked[12]].decode(), "203.0.113.5")
        packed = socket.inet_pton(socket.AF_INET6 if ":" in leads else socket.AF_INET, leads)
        kind = b"\0\x1c" if ":" in leads else b"\0\1"
        asks = asked[end - 4 : end - 2] == kind
        answer = b"\xc0\x0c" + kind + b"\0\1\0\0\0\x3c\0" + bytes([len(packed)]) + packed if asks else b""
        head = asked[:2] + b"\x81\x80\0\1\0" + bytes([asks]) + b"\0\0\0\0"
        server.sendto(head + asked[12:end] + answer, client)


def near():
    there = cable(__file__, "eth0", HERE)
    add(MORE, "lo")
    for address in ["127.0.0.1", "::1", *(one.split("/")[0] for one in HERE + MORE)]:
        serve(address, 7001, name("the host"))
    threading.Thread(target=answers, daemon=True).start()
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0broot-network-test")
    abstract.listen()
    subprocess.run(["mount", "-t", "tmpfs", "t", "/mnt"], check=True)
    with open("/mnt/resolv.conf", "w", encoding="ascii") as file:
        file.write("nameserver 127.0.0.53\n")
    subprocess.run(["mount", "--bind", "/mnt/resolv.conf", "/etc/resolv.conf"], check=True)
    # Where the machine gives it to root only.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "t", "/dev/net"], check=True)
    os.mknod("/dev/net/tun", 0o20666, os.makedev(10, 200))
    os.chmod("/dev/net/tun", 0o666)
    return there, abstract


if sys.argv[1] == "--far":
    far(THERE, serving)
else:
    run(near())
