"""Makes system calls by their numbers, from inside, each in a process of its own.

tries.py killed            prints the names of the calls that end a process by SIGSYS: those of this machine, then, as
                           `i386:NAME`, those that a 32-bit program makes, where the machine runs one
tries.py table             prints for each number the names that both have for it
tries.py errors CALL...    prints what each of CALL fails with; a CALL is NUMBER[,ARGUMENT...], with `i386:` before it for a
                           32-bit program's
"""
import ctypes
import mmap
import os
import signal
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
X86_64, I386 = 0xC000003E, 0x40000003
BOGUS = [-1] * 6

# int 0x80 with the arguments of a C function: number, ebx, ecx, edx.
CODE = bytes.fromhex("53 89 f8 89 f3 89 d2 89 c9 87 ca cd 80 5b c3".replace(" ", ""))
ROOM = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
ROOM.write(CODE)
INT80 = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_uint] * 4)(ctypes.addressof(ctypes.c_char.from_buffer(ROOM)))


def i386(number, arguments):
    three = [one & 0xFFFFFFFF for one in (arguments + [0, 0, 0])[:3]]
    result = INT80(number, *three)
    return -result if result < 0 else 0


def native(number, arguments):
    result = LIBC.syscall(ctypes.c_long(number), *[ctypes.c_long(one) for one in arguments])
    return ctypes.get_errno() if result == -1 else 0


def alone(call):
    """How a process ends that does only this."""
    # The alarm does not end a call that blocks it, such as sigsuspend of a 32-bit program: the parent does.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    pid = os.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        os.close(0)
        call()
        os._exit(0)
    if signal.sigtimedwait([signal.SIGCHLD], 5) is None:
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def names(arch):
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_syscall_resolve_num_arch.restype = ctypes.c_char_p
    for number in range(470):
        name = library.seccomp_syscall_resolve_num_arch(ctypes.c_uint32(arch), number)
        yield number, name.decode() if name else f"#{number}"


def killed():
    for prefix, arch, make in (("", X86_64, native), ("i386:", I386, i386)):
        if prefix and alone(lambda: i386(20, [])) != 0:
            return
        for number, name in names(arch):
            # Two processes would use one stack.
            if name == "vfork":
                continue
            status = alone(lambda: make(number, BOGUS))
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSYS:
                print(prefix + name)


def errors(calls):
    for call in calls:
        make = i386 if call.startswith("i386:") else native
        number, *arguments = [int(one, 0) for one in call.split(":")[-1].split(",")]
        print(make(number, arguments))


if sys.argv[1] == "killed":
    killed()
elif sys.argv[1] == "table":
    for (number, here), (_, small) in zip(names(X86_64), names(I386)):
        print(number, here, small)
else:
    errors(sys.argv[2:])
