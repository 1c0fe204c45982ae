# Runs inside a sandbox and tries everything; prints one line that starts with "PROBE " and holds what worked, as a Python
# literal. Its argument is such a literal too:
#   chain   for directories of the host above the tree of the tests, by device and inode: the one name to go on with
#   skip    where the machine's own programs are
#   tcp     a port that the host listens on; abstract, the name of a socket; shm, the key of a segment
#   names   what may be in a directory that can be entered and not listed
#   victims processes of the host; tree, the root of the tests' tree on the host; name, the host's name
import os
import sys
import _socket
import ctypes

told = eval(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
DIRECTORY, FILE, LINK, SOCKET, CHAR = 0o040000, 0o100000, 0o120000, 0o140000, 0o020000
LIMIT = 4000
procs = []
much = set()
nodes = []  # [path, kind, device, inode, readable, writable, content or names]
result = {"nodes": nodes, "connected": [], "devices": [], "can": [], "environ": [], "cut": False}


def attempt(call, *args):
    try:
        return call(*args)
    except (OSError, ValueError):
        return None


def can(what, happened):
    if happened:
        result["can"].append(what)


def read(path, size=300):
    def reading():
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            return os.read(descriptor, size).decode("latin-1")
        finally:
            os.close(descriptor)

    return attempt(reading)


def opens(path, flags):
    descriptor = attempt(os.open, path, flags | os.O_NONBLOCK | os.O_NOCTTY)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True


def walk(path, depth):
    if len(nodes) >= LIMIT or depth > 14:
        result["cut"] = True
        return
    status = attempt(os.lstat, path)
    if status is None:
        return
    kind = status.st_mode & 0o170000
    node = [path, kind, status.st_dev, status.st_ino, False, False, None]
    nodes.append(node)
    if kind == DIRECTORY:
        names = attempt(os.listdir, path)
        node[4] = names is not None
        node[6] = sorted(names or [])
        if "self" in node[6] and "kmsg" in node[6]:
            procs.append(path)
            return
        # A directory that cannot be listed may be entered.
        inside = told["chain"].get("%d:%d" % (status.st_dev, status.st_ino), node[6] if names else told["names"])
        for name in inside:
            child = path.rstrip("/") + "/" + name
            if child not in told["skip"]:
                walk(child, depth + 1)
    elif kind == FILE:
        node[6] = read(path)
        node[4] = node[6] is not None
    elif kind == LINK:
        node[6] = attempt(os.path.realpath, path)
    elif kind == SOCKET:
        connect(path)
    elif kind == CHAR:
        numbers = "%d:%d" % (os.major(status.st_rdev), os.minor(status.st_rdev))
        node[6] = numbers
        node[4] = opens(path, os.O_RDONLY)
        node[5] = opens(path, os.O_WRONLY)


def connect(path):
    def connecting():
        client = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        client.settimeout(5)
        try:
            client.connect(path)
            text = b""
            while True:
                part = client.recv(4096)
                if not part:
                    return text.decode("latin-1")
                text += part
        finally:
            client.close()

    heard = attempt(connecting)
    if heard is not None:
        result["connected"].append([path, heard])


def makes(path):
    descriptor = attempt(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    if descriptor is None:
        return False
    device = os.fstat(descriptor).st_dev
    if device not in much and attempt(os.write, descriptor, b"x" * 300000) == 300000:
        much.add(device)
        attempt(os.ftruncate, descriptor, 0)
    os.close(descriptor)
    return True


def writes():
    for number, node in enumerate(list(nodes)):
        path, kind = node[0], node[1]
        if kind == FILE:
            descriptor = attempt(os.open, path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK)
            if descriptor is not None:
                node[5] = attempt(os.write, descriptor, b"!") == 1
                os.close(descriptor)
        elif kind == DIRECTORY:
            node[5] = makes(path.rstrip("/") + "/.w%d" % number)
            device = path.rstrip("/") + "/.n%d" % number
            if attempt(os.mknod, device, CHAR | 0o600, os.makedev(1, 11)) is None:
                can("make and use a device", opens(device, os.O_RDONLY))
                attempt(os.unlink, device)


def kernel(proc):
    can("see the kernel's log in proc", opens(proc + "/kmsg", os.O_RDONLY))
    can("see the kernel's command line", read(proc + "/cmdline") is not None)
    can("write to /proc/sys", opens(proc + "/sys/vm/stat_interval", os.O_WRONLY))
    for number, name in told["victims"]:
        line = read(proc + "/%d/cmdline" % number)
        can("see process " + name, line is not None and name in line)
        tree = proc + "/%d/root%s" % (number, told["tree"])
        can("reach the root of process " + name, attempt(os.listdir, tree) is not None)
    for name in attempt(os.listdir, proc) or []:
        if name.isdigit():
            text = read("%s/%s/environ" % (proc, name), 60000)
            if text:
                result["environ"].append(text)


def network():
    def tcp():
        client = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        client.settimeout(2)
        try:
            client.connect(("127.0.0.1", told["tcp"]))
            return True
        finally:
            client.close()

    def abstract():
        client = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            client.connect("\0" + told["abstract"])
            return True
        finally:
            client.close()

    outside = attempt(tcp)
    can("use the host's network", outside)
    can("use the host's abstract sockets", attempt(abstract))
    can("use a raw socket of the host's network", outside and attempt(_socket.socket, _socket.AF_INET, _socket.SOCK_RAW, 1))


def system():
    for number, name in told["victims"]:
        can("signal process " + name, libc.kill(number, 0) == 0)
    can("use the host's shared memory", libc.shmget(told["shm"], 0, 0) >= 0)
    can("see the host's name", os.uname().nodename == told["name"])
    can("use the kernel's log", libc.klogctl(1, None, 0) == 0)
    can("go up in priority", attempt(os.setpriority, os.PRIO_PROCESS, 0, -1) is None
        and os.getpriority(os.PRIO_PROCESS, 0) == -1)
    can("call personality", libc.personality(0xFFFFFFFF) != -1)
    can("call sysinfo", libc.sysinfo(ctypes.create_string_buffer(1024)) == 0)
    capabilities()
    bounds()
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(0x10000000) == 0 else 1)
    can("make a user namespace", os.waitpid(child, 0)[1] == 0)
    child = os.fork()
    if child == 0:
        # In a mount namespace of its own, so that nothing changes for the rest.
        mounted = libc.unshare(0x20000) == 0 and libc.mount(b"tmpfs", b"/usr", b"tmpfs", 0, None) == 0
        os._exit(0 if mounted else 1)
    can("mount", os.waitpid(child, 0)[1] == 0)


def bounds():
    for name, number, values in (("open %d files", 7, (64, 512)), ("write a file of %d bytes", 1, (4096,)), ("leave a core of %d bytes", 4, (0,))):
        pair = (ctypes.c_uint64 * 2)()
        if libc.getrlimit(number, pair) == 0:
            for value in values:
                can(name % (value + 1), pair[1] > value)
    can("run at nice 0", os.nice(0) <= 0)


def capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        effective = sets[0] | sets[3] << 32
        for number in range(41):
            can("use capability %d" % number, effective >> number & 1)


# Where a program starts, and what it holds open, may lie outside of its root.
def start():
    above, top = attempt(os.stat, "../" * 40), os.stat("/")
    can("leave its root by where it starts", above and (above.st_dev, above.st_ino) != (top.st_dev, top.st_ino))
    for number in range(3, 256):
        held = attempt(os.fstat, number)
        can("hold a directory open", held and held.st_mode & 0o170000 == DIRECTORY)


result["environ"].append("\0".join(name + "=" + value for name, value in os.environ.items()))
result["stdin"] = (attempt(os.read, 0, 300) or b"").decode("latin-1")
start()
walk("/", 0)
if attempt(os.readlink, "/proc/self"):
    procs.append("/proc")
for place in procs:
    kernel(place)
writes()
# Where the root is the host's, nobody has looked into its devices.
makes("/dev/.w")
network()
system()
result["much"] = sorted(much)
print("PROBE " + repr(result))
