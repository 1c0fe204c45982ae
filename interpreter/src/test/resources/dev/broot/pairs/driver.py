# The host of the pair machine, in namespaces of its own (see Sandbox.java): a tree of files, sockets, processes and a
# network that sandboxes may or may not reach. Reads one JSON object a line, answers with one.
#   {"tree": [[kind, mode, owner, path, text], ...], "bwrap": [directory, ...]}    once
#   {"run": script, "uid": 0, "world": {path: kind}, "env": {...}, "bwrap": 0}      each run; the answer tells what worked
# With --shell it makes the tree that it reads from a file and starts a shell in it.
import ctypes
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading

PROBE = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "probe.py")).read()
USER = 12345
ROOTS = ["/srv/h", "/srv/o", "/srv/v", "/srv/run"]
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind, flags=0, data=None):
    data = data and data.encode()
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, data) != 0:
        raise OSError(ctypes.get_errno(), "cannot mount " + target)


RDONLY, REMOUNT, BIND = 1, 32, 4096


def isolate(keep):
    """Makes everything of the machine read-only or a copy, so that whatever a sandbox writes is gone with us."""
    held = [(path, os.open(path, os.O_PATH)) for path in keep]
    mount("none", "/", "", REMOUNT | BIND | RDONLY)
    for path, mode in (("/tmp", "1777"), ("/run", "755"), ("/var/tmp", "1777"), ("/srv", "755"), ("/root", "700"), ("/home", "755")):
        if os.path.isdir(path):
            mount("tmpfs", path, "tmpfs", 0, "mode=" + mode)
    os.makedirs("/tmp/.etc/upper")
    os.makedirs("/tmp/.etc/work")
    mount("overlay", "/etc", "overlay", 0, "lowerdir=/etc,upperdir=/tmp/.etc/upper,workdir=/tmp/.etc/work")
    for path, descriptor in held:
        # At the same path, where ordinary users can reach it too.
        os.makedirs(path, exist_ok=True)
        parent = path
        while parent != "/":
            os.path.ismount(parent) and parent == "/root" and os.chmod(parent, 0o755)
            parent = os.path.dirname(parent)
        mount("/proc/self/fd/%d" % descriptor, path, "", BIND)
        os.close(descriptor)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    socket.sethostname("broot-host")
    with open("/proc/sys/kernel/ns_last_pid", "w") as numbers:
        numbers.write("5000")


class Tree:
    """The files of the host."""

    def __init__(self, entries):
        self.entries = entries
        self.listening = {}
        self.mounts = []
        self.seconds = []
        self.world = None
        self.dirty = True

    def make(self, world):
        """Makes the tree anew, where the last run changed it or another world is asked for."""
        if not self.dirty and world == self.world:
            return
        for path in reversed(self.mounts):
            libc.umount2(path.encode(), 2)
        self.mounts = []
        self.seconds = []
        for path in ROOTS:
            shutil.rmtree(path, ignore_errors=True)
        for listener in self.listening.values():
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.listening = {}
        for kind, mode, owner, path, text in self.entries:
            self.entry(kind, int(mode, 8), int(owner), path, text)
        for path, kind in sorted(world.items()):
            if kind == "directory":
                self.entry("d", 0o755, 0, path, "")
            elif kind == "file":
                self.entry("f", 0o644, 0, path, "")
            elif kind.startswith("alias "):
                os.makedirs(path, exist_ok=True)
                self.entry("b", 0o755, 0, path, kind[6:])
            elif kind.startswith("link "):
                self.entry("l", 0, 0, path, kind[5:])
        self.world = world
        self.dirty = False
        self.before = self.scan()

    def entry(self, kind, mode, owner, path, text):
        if kind == "d":
            os.mkdir(path)
            self.file(path + "/id", 0o644, owner, token(path + "/id"))
        elif kind == "t":
            os.makedirs(path, exist_ok=True)
            mount("tmpfs", path, "tmpfs")
            self.mounts.append(path)
            self.file(path + "/id", 0o644, owner, token(path + "/id"))
        elif kind == "b":
            mount(text, path, "", BIND)
            self.mounts.append(path)
            self.seconds.append(path)
            return
        elif kind == "f":
            self.file(path, mode, owner, text or token(path))
            return
        elif kind == "x":
            with open(path, "wb") as file:
                file.write(bytes.fromhex(text))
        elif kind == "l":
            os.symlink(text, path)
            return
        elif kind == "s":
            self.listen(path)
        elif kind == "e":
            os.mkdir(path)
        os.chown(path, owner, owner)
        os.chmod(path, mode)

    def file(self, path, mode, owner, text):
        with open(path, "w") as file:
            file.write(text)
        os.chown(path, owner, owner)
        os.chmod(path, mode)

    def listen(self, path):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(64)
        self.listening[path] = listener
        serve(listener, token(path))

    def scan(self):
        """Everything below the roots, by path: what tells whether a run changed it, and the object behind it."""
        found = {}
        objects = {}
        ways = list(ROOTS)
        while ways:
            path = ways.pop()
            try:
                status = os.lstat(path)
            except OSError:
                continue
            if stat.S_ISDIR(status.st_mode):
                text = ""
                ways += [path + "/" + name for name in os.listdir(path)]
            elif stat.S_ISREG(status.st_mode):
                with open(path, "rb") as file:
                    text = file.read(2000)
            else:
                text = os.readlink(path) if stat.S_ISLNK(status.st_mode) else ""
            found[path] = (status.st_mode, status.st_uid, text)
            # What is mounted at a second place keeps the name of the first.
            known = objects.setdefault((status.st_dev, status.st_ino), path)
            if (self.second(path), path) < (self.second(known), known):
                objects[status.st_dev, status.st_ino] = path
        self.objects = objects
        return found

    def second(self, path):
        return any((path + "/").startswith(place + "/") for place in self.seconds)

    def changes(self):
        """What is not as it was before the run, as facts."""
        objects = self.objects
        after = self.scan()
        self.objects = objects
        facts = set()
        for path, (mode, owner, text) in after.items():
            known = self.before.get(path)
            if known is None:
                parent = os.path.dirname(path)
                if parent in self.before:
                    name = os.path.basename(path)
                    own = name.startswith((".w", ".n"))
                    facts.add("make files in " + self.name(parent) if own else "setup: makes " + self.name(parent) + "/" + name)
            elif known[2] != text:
                facts.add("write " + self.name(path))
            elif known[:2] != (mode, owner):
                facts.add("setup: changes the mode of " + self.name(path))
        for path in self.before.keys() - after.keys():
            facts.add("remove " + path)
        self.dirty = after != self.before
        return facts

    def name(self, path):
        status = os.lstat(path)
        return self.objects.get((status.st_dev, status.st_ino), path)


def token(path):
    return "TOKEN<" + path + ">\n"


def tokens(text):
    return [part.split(">")[0] for part in text.split("TOKEN<")[1:] if ">" in part]


def serve(listener, text):
    def serving():
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                client.sendall(text.encode())
                client.close()
            except OSError:
                pass

    threading.Thread(target=serving, daemon=True).start()


class Host:
    """What is on the host beside files."""

    def __init__(self):
        tcp = socket.socket()
        tcp.bind(("127.0.0.1", 0))
        tcp.listen(64)
        self.port = tcp.getsockname()[1]
        serve(tcp, "tcp")
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind("\0broot-pairs")
        self.abstract.listen(64)
        serve(self.abstract, "abstract")
        self.shm = 0x62726F6F
        if libc.shmget(self.shm, 4096, 0o1666) < 0:
            raise OSError(ctypes.get_errno(), "shmget")
        self.victims = []
        for name, uid in (("root-victim", 0), ("user-victim", USER)):
            program = "import time; time.sleep(100000)"
            process = subprocess.Popen(["/usr/bin/python3", "-I", "-S", "-c", program, name], user=uid, group=uid, extra_groups=[])
            self.victims.append((process.pid, name))

    def told(self, chain):
        return {
            "chain": chain,
            "skip": ["/usr", "/proc", "/sys", "/bin", "/sbin", "/lib", "/lib64", "/boot", "/var", "/etc/alternatives"],
            "names": ["id", "f", "a", "b", "c", "d"],
            "tcp": self.port,
            "abstract": "broot-pairs",
            "shm": self.shm,
            "victims": self.victims,
            "tree": "/srv/h",
            "name": "broot-host",
        }


def key(path):
    status = os.lstat(path)
    return status.st_dev, status.st_ino


class Machine:
    def __init__(self, tree, bwrap):
        # What a caller passes as descriptors.
        for number in (10, 11):
            os.dup2(os.open("/dev/null", os.O_RDONLY), number)
        isolate(bwrap)
        self.bwrap = bwrap
        # What is not unshared is ours: queues that a run leaves would be in the way of the next one.
        os.mkdir("/tmp/queues")
        mount("mqueue", "/tmp/queues", "mqueue")
        self.host = Host()
        self.tree = Tree(tree)
        self.system = {key(path): path for path in ("/", "/etc", "/etc/passwd", "/run", "/tmp", "/var", "/home", "/root", "/srv")}

    def run(self, job):
        self.tree.make(job["world"])
        chain = {"%d:%d" % key(path): names for path, names in (("/", ["srv", "mnt"]), ("/srv", ["h", "o"]), ("/etc", ["passwd"]))}
        for path in ("/run", "/var", "/tmp", "/home", "/root"):
            chain["%d:%d" % key(path)] = []
        # What an earlier run left above the tree would be in the way of this one's.
        for name in os.listdir("/srv"):
            if name.startswith((".w", ".n")):
                os.unlink("/srv/" + name)
        uid = job["uid"]
        home = "/tmp/home-%d" % uid
        os.makedirs(home, exist_ok=True)
        os.chown(home, uid, uid)
        path = ":".join([place + "/bin" for place in self.bwrap[: job["bwrap"]]] + ["/usr/bin:/bin:/usr/sbin:/sbin"])
        env = dict({"PATH": path, "HOME": home}, **job["env"])
        words = ["/usr/bin/python3", "-I", "-S", "-c", PROBE, repr(self.host.told(chain))]
        with open("/tmp/script", "w") as script:
            script.write(job["run"])
        os.chmod("/tmp/script", 0o644)
        process = subprocess.Popen(
            ["/bin/sh", "/tmp/script"] + words,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/tmp", env=env,
            user=uid, group=uid, extra_groups=[], encoding="latin-1", start_new_session=True, pass_fds=(10, 11))
        try:
            out, err = process.communicate(token("stdin"), timeout=30)
        except subprocess.TimeoutExpired:
            # All of it, since who still holds its output would be waited for.
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            err += "timed out"
        for queue in os.listdir("/tmp/queues"):
            os.unlink("/tmp/queues/" + queue)
        facts = self.tree.changes()
        inside = {}
        seen = out.startswith("PROBE ")
        cut = False
        if seen:
            found = eval(out[6:])
            cut = found["cut"]
            self.facts(found, job, facts, inside)
        return {"status": process.returncode, "err": err[-2000:], "seen": seen, "cut": cut, "facts": sorted(facts), "inside": inside}

    def facts(self, found, job, facts, inside):
        for path, kind, device, inode, readable, writable, content in found["nodes"]:
            thing = self.tree.objects.get((device, inode)) or self.system.get((device, inode))
            of_host = []
            if kind == stat.S_IFREG and content:
                of_host = tokens(content)
                facts.update("read " + name for name in of_host)
            if thing and kind == stat.S_IFREG and readable:
                facts.add("read the live " + thing)
            if thing and kind == stat.S_IFDIR and readable:
                facts.add("list " + thing)
                of_host = [thing]
            if kind == stat.S_IFCHR:
                for word, works in (("read", readable), ("write", writable)):
                    if works and content not in HARMLESS:
                        facts.add("%s the device %s" % (word, content))
            inside[path] = {"kind": KINDS.get(kind, "?"), "read": readable, "write": writable, "host": thing or "", "tokens": of_host,
                "leads": content or "" if kind == stat.S_IFLNK else ""}
        for path, heard in found["connected"]:
            for name in tokens(heard) or ["provider " + heard]:
                facts.add("connect to " + name)
        facts.update(found["can"])
        everything = "\0".join(found["environ"])
        facts.update("read " + name for name in tokens(everything) + tokens(found["stdin"]))
        for device in found["much"]:
            scratch = device == os.stat("/srv/v").st_dev
            own = device in [os.stat(path).st_dev for path in ("/srv/h", "/srv/o")]
            if not own:
                facts.add("fill the disk" if scratch else "fill the memory")


# null, zero, full, random, urandom, tty, ptmx, console, terminals: what bubblewrap's own /dev has.
HARMLESS = ["1:3", "1:5", "1:7", "1:8", "1:9", "5:0", "5:1", "5:2"]
KINDS = {stat.S_IFDIR: "d", stat.S_IFREG: "f", stat.S_IFLNK: "l", stat.S_IFSOCK: "s", stat.S_IFCHR: "c"}


def main():
    if sys.argv[1:2] == ["--shell"]:
        first = json.load(open(sys.argv[2]))
        machine = Machine(first["tree"], first["bwrap"])
        machine.tree.make({})
        os.execv("/bin/bash", ["bash"])
    first = json.loads(sys.stdin.readline())
    machine = Machine(first["tree"], first["bwrap"])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(machine.run(json.loads(line))), flush=True)


main()
