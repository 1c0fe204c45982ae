"""A host for a test, in namespaces of its own, and another one at the other end of a cable: addresses, names and servers. Runs a
command there, and ends with its status."""

import os
import socket
import subprocess
import sys
import threading
import time

HERE = ["198.51.100.2/24", "2001:db8:1::2/64"]
THERE = [
    "198.51.100.1/24",
    "2001:db8:1::1/64",
    "203.0.113.5/32",
    "203.0.113.6/32",
    "203.0.113.7/32",
    "10.9.9.9/32",
    "169.254.169.254/32",
    "2001:db8::6/128",
]
HOSTS = """127.0.0.1 localhost
203.0.113.5 good.example other.example
198.51.100.2 self.example
203.0.113.7 closed.example
203.0.113.7 second.example
203.0.113.5 second.example
10.9.9.9 private.example
127.0.0.1 loop.example
::1 mapped.example
169.254.169.254 meta.example
203.0.113.5 mixed.example
10.9.9.9 mixed.example
64:ff9b::a09:909 nat64.example
64:ff9b::a9fe:a9fe nat64meta.example
"""


def serve(address, port, answer):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, port))
    server.listen(512)

    def accept():
        while True:
            client, _ = server.accept()
            threading.Thread(target=finish, args=(client,), daemon=True).start()

    def finish(client):
        with client:
            answer(client)

    threading.Thread(target=accept, daemon=True).start()


def name(address):
    return lambda client: client.sendall(("localhost" if address == "127.0.0.1" else address).encode())


def late(client):
    count = 0
    while chunk := client.recv(65536):
        count += len(chunk)
    time.sleep(1)
    client.sendall(b"%d bytes read" % count)


def echo(client):
    while chunk := client.recv(65536):
        client.sendall(chunk)


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def add(addresses, device):
    for address in addresses:
        ip("address", "add", address, "dev", device, *["nodad"] * (":" in address))


def far(addresses, serving):
    """The other host: waits for its end of the cable, and serves until the first one goes."""
    print("here", flush=True)
    sys.stdin.readline()
    ip("link", "set", "lo", "up")
    ip("link", "set", "far", "up")
    add(addresses, "far")
    serving()
    print("serves", flush=True)
    sys.stdin.read()


def cable(file, device, addresses):
    """Lays a cable from a device of ours to the other host, which is this file run with --far."""
    there = subprocess.Popen(
        ["unshare", "-n", sys.executable, file, "--far"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    there.stdout.readline()
    ip("link", "set", "lo", "up")
    ip("link", "add", device, "type", "veth", "peer", "name", "far", "netns", str(there.pid))
    ip("link", "set", device, "up")
    add(addresses, device)
    there.stdin.write("go\n")
    there.stdin.flush()
    there.stdout.readline()
    ip("route", "add", "default", "via", "198.51.100.1")
    ip("route", "add", "default", "via", "2001:db8:1::1")
    return there


def run(held):
    """Runs the command of our arguments, and ends with its status; what is held lives until then."""
    status = subprocess.run(sys.argv[1:], check=False).returncode
    sys.stdout.flush()
    os._exit(status if status >= 0 else 128 - status)


def serving():
    for address in ["203.0.113.5", "203.0.113.6", "10.9.9.9", "2001:db8::6", "169.254.169.254"]:
        serve(address, 7001, name("metadata" if address.startswith("169.") else address))
    for address in ["203.0.113.5", "203.0.113.6"]:
        serve(address, 7002, name(address))
    serve("169.254.169.254", 80, name("metadata"))
    serve("203.0.113.5", 7003, late)
    serve("203.0.113.5", 7004, echo)


def machine():
    there = cable(__file__, "near", HERE)
    subprocess.run(["mount", "-t", "tmpfs", "t", "/mnt"], check=True)
    with open("/mnt/hosts", "w", encoding="ascii") as file:
        file.write(HOSTS)
    subprocess.run(["mount", "--bind", "/mnt/hosts", "/etc/hosts"], check=True)
    for address in ["127.0.0.1", "::1", "198.51.100.2", "2001:db8:1::2"]:
        serve(address, 7001, name(address))
    serve("127.0.0.1", 7002, name("127.0.0.1"))
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("0.0.0.0", 7001))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0broot-network-test")
    abstract.listen()
    return there, datagrams, abstract


if __name__ == "__main__" and sys.argv[1] == "--far":
    far(THERE, serving)
elif __name__ == "__main__":
    run(machine())
