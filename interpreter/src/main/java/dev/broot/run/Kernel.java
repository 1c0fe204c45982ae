package dev.broot.run;

import dev.broot.host.Bytes;
import java.io.IOException;
import java.util.List;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.types.u_int64_t;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * System calls that Java has no words for. Facts are from the man pages of section 2 and 3, the
 * numbers from linux/mount.h, linux/sched.h and glibc's spawn.h.
 */
final class Kernel {
  private static final int CLONE_NEWNS = 0x20000;
  private static final long MS_NOSUID = 2;
  private static final long MS_BIND = 4096;
  private static final long MS_SLAVE_ALL = 0x80000 | 0x4000;
  private static final int MNT_DETACH = 2;
  private static final int S_IFCHR = 0020000;
  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_RDWR = 2;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int MFD_CLOEXEC = 1;
  // Above those that a program gets.
  private static final int LEAST = 20;
  private static final int LOCK_EX = 2;
  private static final short SPAWN_SETSIGDEF = 4;
  private static final short SPAWN_SETSIGMASK = 8;
  private static final short SPAWN_SETSID = 0x80;
  private static final int STRUCT = 512;

  /** The signal that asks a process to end. */
  static final int TERM = 15;

  /** The signal that ends a process. */
  static final int KILL = 9;

  /** The first descriptor behind the standard ones. */
  static final int FIRST = 3;

  /** The functions of the C library. */
  public interface C {
    int unshare(int flags);

    int mount(Pointer source, Pointer target, Pointer type, @u_int64_t long flags, Pointer data);

    int umount2(Pointer target, int flags);

    int mknod(Pointer path, int mode, @u_int64_t long device);

    int pipe2(int[] ends, int flags);

    int open(Pointer path, int flags, int mode);

    int fcntl(int fd, int command, int argument);

    int flock(int fd, int operation);

    int waitid(int type, int id, Pointer info, int options);

    int memfd_create(Pointer name, int flags);

    long write(int fd, Pointer bytes, @u_int64_t long count);

    long lseek(int fd, long offset, int whence);

    int sigfillset(Pointer set);

    int posix_spawn_file_actions_init(Pointer actions);

    int posix_spawn_file_actions_destroy(Pointer actions);

    int posix_spawn_file_actions_addopen(
        Pointer actions, int fd, Pointer path, int flags, int mode);

    int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    int posix_spawnattr_init(Pointer attributes);

    int posix_spawnattr_destroy(Pointer attributes);

    int posix_spawnattr_setflags(Pointer attributes, short flags);

    int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

    int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

    int posix_spawn(
        int[] pid,
        Pointer path,
        Pointer actions,
        Pointer attributes,
        Pointer argv,
        Pointer environment);
  }

  private static final C LIBC = LibraryLoader.create(C.class).load("c");
  private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);
  private static final POSIX UNIX = POSIXFactory.getNativePOSIX();

  private Kernel() {}

  // Bytes, whatever the locale of this JVM: a String parameter would go through it.
  private static Pointer text(String text) {
    byte[] bytes = Bytes.encode(text);
    Pointer pointer = Memory.allocateDirect(RUNTIME, bytes.length + 1, true);
    pointer.put(0, bytes, 0, bytes.length);
    return pointer;
  }

  private static Pointer texts(List<String> texts, List<Pointer> alive) {
    Pointer array = Memory.allocateDirect(RUNTIME, (texts.size() + 1L) * Long.BYTES, true);
    for (int i = 0; i < texts.size(); i++) {
      Pointer text = text(texts.get(i));
      alive.add(text);
      array.putPointer((long) i * Long.BYTES, text);
    }
    return array;
  }

  private static void check(int result, String what) throws IOException {
    if (result < 0) {
      throw failed(UNIX.errno(), what);
    }
  }

  private static IOException failed(int errno, String what) {
    return new IOException(what + ": " + Errno.valueOf(errno).description());
  }

  /**
   * Gives the calling thread a mount namespace of its own, into which unmounts of the host reach.
   */
  static void ownMounts() throws IOException {
    check(LIBC.unshare(CLONE_NEWNS), "cannot make a mount namespace");
    Pointer none = text("none");
    check(LIBC.mount(none, text("/"), none, MS_SLAVE_ALL, none), "cannot make mounts private");
  }

  static void mountTmpfs(String path) throws IOException {
    Pointer none = text("none");
    check(
        LIBC.mount(none, text(path), text("tmpfs"), MS_NOSUID, text("")),
        "cannot mount a tmpfs on " + path);
  }

  static void bind(String from, String to) throws IOException {
    Pointer none = text("none");
    check(
        LIBC.mount(text(from), text(to), none, MS_BIND, none), "cannot bind " + from + " on " + to);
  }

  static void detach(String path) throws IOException {
    check(LIBC.umount2(text(path), MNT_DETACH), "cannot unmount " + path);
  }

  /** A character device; the kernel cuts the mode by the umask. */
  static void mknod(String path, int mode, int major, int minor) throws IOException {
    long device = (minor & 0xff) | ((major & 0xfffL) << 8) | ((minor & ~0xffL) << 12);
    check(LIBC.mknod(text(path), S_IFCHR | mode, device), "cannot make the device node " + path);
  }

  /** The read end and the write end of a pipe, above the descriptors that a program gets. */
  static int[] pipe() throws IOException {
    int[] ends = new int[2];
    check(LIBC.pipe2(ends, O_CLOEXEC), "cannot make a pipe");
    ends[0] = high(ends[0]);
    ends[1] = high(ends[1]);
    return ends;
  }

  /** Opens a file for reading, above the descriptors that a program gets. */
  static int openToRead(String path) throws IOException {
    int fd = LIBC.open(text(path), O_CLOEXEC, 0);
    check(fd, "cannot read " + path);
    return high(fd);
  }

  /**
   * Opens a pipe anew for reading and writing, above the descriptors that a program gets: whoever
   * has it waits until there is something to read, also when everybody else is gone.
   */
  static int openBoth(int pipe) throws IOException {
    int fd = LIBC.open(text("/proc/self/fd/" + pipe), O_CLOEXEC | O_RDWR, 0);
    check(fd, "cannot open a pipe");
    return high(fd);
  }

  /** Writes a few bytes to a pipe, for which it has room. */
  static void write(int pipe, String text) throws IOException {
    byte[] bytes = Bytes.encode(text);
    check((int) LIBC.write(pipe, text(text), bytes.length), "cannot write to a pipe");
  }

  /** A file in memory with this content, to be read from its start. */
  static int memory(byte[] bytes) throws IOException {
    int fd = LIBC.memfd_create(text("broot"), MFD_CLOEXEC);
    check(fd, "cannot make a file in memory");
    fd = high(fd);
    int done = 0;
    while (done < bytes.length) {
      Pointer rest = Memory.allocateDirect(RUNTIME, bytes.length - done, false);
      rest.put(0, bytes, done, bytes.length - done);
      long written = LIBC.write(fd, rest, bytes.length - done);
      if (written < 0) {
        int errno = UNIX.errno();
        close(fd);
        throw failed(errno, "cannot write to a file in memory");
      }
      done += (int) written;
    }
    LIBC.lseek(fd, 0, 0);
    return fd;
  }

  private static int high(int fd) throws IOException {
    if (fd >= LEAST) {
      return fd;
    }
    int high = LIBC.fcntl(fd, F_DUPFD_CLOEXEC, LEAST);
    close(fd);
    check(high, "cannot duplicate a descriptor");
    return high;
  }

  static void close(int fd) {
    UNIX.close(fd);
  }

  /** Makes a file that is not there and locks it; the lock goes with the descriptor. */
  static int lock(String path) throws IOException {
    int exclusive = 0100 | 0200 | 2 | O_CLOEXEC;
    int fd = LIBC.open(text(path), exclusive, 0600);
    check(fd, "cannot write " + path);
    check(LIBC.flock(fd, LOCK_EX), "cannot lock " + path);
    return fd;
  }

  static int user() {
    return UNIX.geteuid();
  }

  /** Sends a signal; a process that is gone is none. */
  static void kill(int pid, int signal) {
    UNIX.kill(pid, signal);
  }

  /** Waits; the exit status, or 128 and the number of the signal. */
  static int waitFor(int pid) {
    int[] status = new int[1];
    int result = UNIX.waitpid(pid, status, 0);
    while (result < 0 && UNIX.errno() == Errno.EINTR.intValue()) {
      result = UNIX.waitpid(pid, status, 0);
    }
    int signal = status[0] & 0x7f;
    return signal == 0 ? (status[0] >> 8) & 0xff : 128 + signal;
  }

  /** Waits for the end of a child and leaves it, so that its number is not given to another. */
  static void awaitEnd(int pid) {
    Pointer info = Memory.allocateDirect(RUNTIME, STRUCT, true);
    int result = LIBC.waitid(P_PID, pid, info, WEXITED | WNOWAIT);
    while (result < 0 && UNIX.errno() == Errno.EINTR.intValue()) {
      result = LIBC.waitid(P_PID, pid, info, WEXITED | WNOWAIT);
    }
  }

  /**
   * Starts a program in a session of its own, with default signals. It has descriptors 0, 1 and 2,
   * and those that are given; no other descriptor of this process reaches it.
   *
   * @param streams what descriptors 0, 1 and 2 are
   * @param more for 3 and those that follow; closed where it is -1
   */
  static int spawn(
      List<String> argv, List<String> environment, Standard streams, List<Integer> more)
      throws IOException {
    Pointer actions = Memory.allocateDirect(RUNTIME, STRUCT, true);
    Pointer attributes = Memory.allocateDirect(RUNTIME, STRUCT, true);
    Pointer none = Memory.allocateDirect(RUNTIME, STRUCT, true);
    Pointer all = Memory.allocateDirect(RUNTIME, STRUCT, true);
    List<Pointer> alive = new java.util.ArrayList<>();
    LIBC.posix_spawn_file_actions_init(actions);
    LIBC.posix_spawnattr_init(attributes);
    try {
      String stdin = streams.stdin();
      if (stdin != null) {
        Pointer path = text(stdin);
        alive.add(path);
        LIBC.posix_spawn_file_actions_addopen(actions, 0, path, 0, 0);
      }
      if (streams.output() >= 0) {
        LIBC.posix_spawn_file_actions_adddup2(actions, streams.output(), 1);
        LIBC.posix_spawn_file_actions_adddup2(actions, streams.errors(), 2);
      }
      for (int i = 0; i < more.size(); i++) {
        if (more.get(i) >= 0) {
          LIBC.posix_spawn_file_actions_adddup2(actions, more.get(i), FIRST + i);
        }
      }
      LIBC.posix_spawn_file_actions_addclosefrom_np(actions, FIRST + more.size());
      LIBC.sigfillset(all);
      LIBC.posix_spawnattr_setsigmask(attributes, none);
      LIBC.posix_spawnattr_setsigdefault(attributes, all);
      LIBC.posix_spawnattr_setflags(
          attributes, (short) (SPAWN_SETSIGDEF | SPAWN_SETSIGMASK | SPAWN_SETSID));
      int[] pid = new int[1];
      int error =
          LIBC.posix_spawn(
              pid,
              text(argv.get(0)),
              actions,
              attributes,
              texts(argv, alive),
              texts(environment, alive));
      if (error != 0) {
        throw failed(error, "cannot start " + argv.get(0));
      }
      return pid[0];
    } finally {
      LIBC.posix_spawn_file_actions_destroy(actions);
      LIBC.posix_spawnattr_destroy(attributes);
      java.lang.ref.Reference.reachabilityFence(alive);
    }
  }
}
