package dev.broot.filter;

import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/**
 * The filter of some system calls, for the machine that compiles it: for its own calls, and for
 * those of the smaller architecture whose programs it runs too. Calls of any other architecture
 * fail as if they were missing; so do those of x32, whose numbers are another way to the same.
 */
public final class Filter {
  /** How many instructions the kernel takes. */
  public static final int MOST = 4096;

  /** The bytes of one instruction. */
  public static final int INSTRUCTION = 8;

  // linux/bpf_common.h: load a word of what is filtered, compare it, return.
  private static final short LOAD = 0x20;
  private static final short JUMP_EQUAL = 0x15;
  private static final short RETURN = 0x06;

  // linux/seccomp.h, and errno.h.
  private static final int KILL_PROCESS = 0x80000000;
  private static final int ERRNO = 0x00050000;
  private static final int LOG = 0x7ffc0000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;

  private Filter() {}

  /**
   * Compiles a filter.
   *
   * @return instructions as the kernel takes them
   * @throws FilterException where it cannot be made
   */
  public static byte[] compile(List<Syscall> calls) {
    return compile(calls, MOST);
  }

  /** The same, for a kernel that takes so many instructions. */
  public static byte[] compile(List<Syscall> calls, int most) {
    Syscall first = calls.get(0);
    String place = first.provenance().origin().place() + ": ";
    byte[] program;
    try (Seccomp seccomp = Seccomp.open(place)) {
      ByteBuffer early =
          ByteBuffer.allocate(INSTRUCTION * (2 * calls.size() + 1)).order(ByteOrder.nativeOrder());
      for (Syscall call : calls) {
        boolean known = false;
        for (String name : SyscallNames.twins(call.name())) {
          known |= seccomp.hold(call, name, result(call));
        }
        if (!known) {
          number(call, early, seccomp);
        }
      }
      byte[] rest = seccomp.export();
      program = new byte[early.position() + rest.length];
      early.flip().get(program, 0, early.limit());
      System.arraycopy(rest, 0, program, early.limit(), rest.length);
    }
    if (program.length > most * INSTRUCTION) {
      throw new FilterException(
          place
              + "the system calls of this spec make a filter of "
              + program.length / INSTRUCTION
              + " instructions, and the kernel takes "
              + most
              + "; name fewer of them");
    }
    return program;
  }

  // A call that is younger than the library has one number everywhere, and is asked for first.
  private static void number(Syscall call, ByteBuffer early, Seccomp seccomp) {
    int number = SyscallNames.number(call.name());
    if (number < 0) {
      throw new FilterException(
          call.provenance().origin().place()
              + ": "
              + seccomp.version()
              + " does not know the system call `"
              + call.name()
              + "`; install a newer one, or take the name out of the line");
    }
    if (early.position() == 0) {
      instruction(early, LOAD, 0, 0, 0);
    }
    instruction(early, JUMP_EQUAL, 0, 1, number);
    instruction(early, RETURN, 0, 0, result(call));
  }

  private static void instruction(
      ByteBuffer program, short code, int yes, int otherwise, int value) {
    program.putShort(code).put((byte) yes).put((byte) otherwise).putInt(value);
  }

  private static int result(Syscall call) {
    return switch (call.action()) {
      case LOG -> LOG;
      case KILL -> KILL_PROCESS;
      case DENY -> ERRNO | (SyscallNames.isMissing(call.name()) ? ENOSYS : EPERM);
    };
  }

  /** What the kernel calls the machine that compiles, as {@code uname -m} says it. */
  public static String machine() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64" -> "x86_64";
      case "arm" -> "armv7l";
      default -> name;
    };
  }
}
