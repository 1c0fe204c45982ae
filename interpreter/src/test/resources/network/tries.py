"""A program in a sandbox: tries what its arguments say, and tells what came of each."""

import os
import socket
import subprocess
import sys
import threading


def tcp(host, port):
    with socket.create_connection((host, int(port)), timeout=20) as client:
        try:
            said = client.recv(100)
        except ConnectionError:
            said = b""
        return "reached " + said.decode() if said else "closed"


def udp(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.connect((host, int(port)))
        client.send(b"x")
        client.recv(10)
        return "reached"


def abstract(name):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + name)
        return "reached"


def write(path):
    with open(path, "a", encoding="ascii"):
        return "written"


def question(name):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return b"\x12\x34\1\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1"


def lookup(name):
    """Asks the name server without the C library."""
    asked = question(name)
    # Packets may be lost, as in all networks.
    for _ in range(10):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(3)
            client.connect(("127.0.0.1", 53))
            client.send(asked)
            try:
                answer = client.recv(600)
            except TimeoutError:
                continue
            except OSError as error:
                return error.strerror
        if answer[:2] != asked[:2] or answer[12 : len(asked)] != asked[12:]:
            return "another answer"
        return "no such name" if answer[3] & 15 else ".".join(map(str, answer[-4:]))
    return "no answer"


def nonsense(host, port):
    """Packets that are no question, from a socket each."""
    whole = question("good.example")
    for packet in [b"", b"x", b"\xff" * 600, whole[:20], whole[:12] + b"\x3f" * 20, b"\0" * 100, whole[:12] + b"\xc0\x0c" * 9]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.connect((host, int(port)))
            client.send(packet)
    return "sent"


def amid(name):
    """Asks again and again, with packets before each question that are none. No question is refused."""
    answers = set()
    for _ in range(50):
        for packet in [b"", b"x"]:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.connect(("127.0.0.1", 53))
                client.send(packet)
        answers.add(lookup(name))
    return " ".join(sorted(answers))


def crowd(name):
    """Many ask at once, where others keep all processors busy. Each gets an answer at its first question."""
    busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(2 * os.cpu_count())]
    answers = []

    def ask_often():
        for _ in range(10):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.settimeout(30)
                client.connect(("127.0.0.1", 53))
                client.send(question(name))
                try:
                    client.recv(600)
                except TimeoutError:
                    return
                answers.append(name)

    threads = [threading.Thread(target=ask_often) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for process in busy:
        process.kill()
    return f"{len(answers)} answers"


def relays(below):
    """Connects to each socket of another run's network that lies below a directory."""
    directories = found = reached = 0
    for at, inner, names in os.walk(below):
        inner[:] = [name for name in inner if name not in ("proc", "sys")]
        if not os.path.basename(at).startswith("broot-net-"):
            continue
        directories += 1
        for name in names:
            with socket.socket(socket.AF_UNIX) as client:
                try:
                    client.connect(os.path.join(at, name))
                    found += 1
                    reached += bool(client.recv(100))
                except OSError:
                    pass
    return f"{directories} directories, {found} sockets, {reached} hosts"


def half(host, port):
    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
        said = b""
        while chunk := client.recv(100):
            said += chunk
        return said.decode()


def send(host, port, count):
    with socket.create_connection((host, int(port)), timeout=60) as client:
        def feed():
            left = int(count)
            while left:
                left -= client.send(b"x" * min(left, 65536))
            client.shutdown(socket.SHUT_WR)

        threading.Thread(target=feed, daemon=True).start()
        came = 0
        while chunk := client.recv(65536):
            came += len(chunk)
        return f"{came} bytes came back"


def ask(request):
    with socket.create_connection(("127.255.255.254", 3128), timeout=20) as client:
        client.sendall(request.encode("latin-1"))
        said = b""
        while not said.endswith(b"\r\n\r\n") and (chunk := client.recv(1)):
            said += chunk
        status = said.split(b" ")[1].decode() if said else "closed"
        return "reached " + client.recv(100).decode() if status == "200" else status


def connect(at):
    """Asks the proxy for a connection."""
    return ask(f"CONNECT {at} HTTP/1.1\r\n\r\n".encode().decode("unicode_escape"))


def get(url, host=""):
    return ask(f"GET {url} HTTP/1.0\r\nHost: {host}\r\n\r\n")


def many(host, port, count):
    clients = [socket.create_connection((host, int(port)), timeout=60) for _ in range(int(count))]
    return f"{sum(1 for client in clients if client.recv(100))} reached"


for line in sys.argv[1:]:
    verb, *words = line.split(" ")
    try:
        outcome = globals()[verb](*words)
    except OSError as error:
        outcome = type(error).__name__
    print(f"{line}: {outcome}", flush=True)
