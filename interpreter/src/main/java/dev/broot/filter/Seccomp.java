package dev.broot.filter;

import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.types.u_int32_t;
import org.jspecify.annotations.Nullable;

/** One filter of libseccomp. Facts are from its man pages and from seccomp.h. */
final class Seccomp implements AutoCloseable {
  private static final String NAME = "libseccomp.so.2";
  private static final int ALLOW = 0x7fff0000;
  private static final int ERRNO_ENOSYS = 0x00050000 | 38;

  // SCMP_FLTATR_ACT_BADARCH, SCMP_FLTATR_CTL_OPTIMIZE with a binary tree.
  private static final int BAD_ARCHITECTURE = 2;
  private static final int OPTIMIZE = 8;
  private static final int TREE = 2;
  private static final int UNKNOWN = -1;
  private static final int EXISTS = -17;

  // struct scmp_arg_cmp: which argument, SCMP_CMP_MASKED_EQ, the mask, the value.
  private static final int COMPARISON = 24;
  private static final int MASKED_EQUAL = 7;

  // Architectures whose programs run on another one, as AUDIT_ARCH_ has them: i386 on x86_64, arm
  // on aarch64, s390 on s390x.
  private static final Map<Integer, Integer> SMALLER =
      Map.of(0xc000003e, 0x40000003, 0xc00000b7, 0x40000028, 0x80000016, 0x00000016);
  private static final int S390X = 0x80000016;

  /** The functions of the library that are called. */
  public interface Library {
    @Nullable Pointer seccomp_init(@u_int32_t int action);

    void seccomp_release(Pointer context);

    int seccomp_arch_native();

    int seccomp_arch_add(Pointer context, @u_int32_t int token);

    int seccomp_attr_set(Pointer context, int attribute, @u_int32_t int value);

    int seccomp_syscall_resolve_name(Pointer name);

    int seccomp_rule_add_array(
        Pointer context, @u_int32_t int action, int call, int count, @Nullable Pointer arguments);

    int seccomp_export_bpf(Pointer context, int descriptor);

    Pointer seccomp_version();
  }

  /** The functions of the C library that are called. */
  public interface C {
    int memfd_create(Pointer name, int flags);

    int close(int descriptor);
  }

  private final Library library;
  private final Runtime runtime;
  private final Pointer context;
  private final String place;

  private Seccomp(Library library, Runtime runtime, Pointer context, String place) {
    this.library = library;
    this.runtime = runtime;
    this.context = context;
    this.place = place;
  }

  /**
   * A filter that lets everything go.
   *
   * @param place what stands before each message
   */
  static Seccomp open(String place) {
    Library library;
    try {
      library = LibraryLoader.create(Library.class).failImmediately().load(NAME);
    } catch (UnsatisfiedLinkError e) {
      throw new FilterException(
          place
              + "system calls by name need "
              + NAME
              + ", which is not installed; it is in the package `libseccomp2` (Debian, Ubuntu) or"
              + " `libseccomp` (Fedora, Arch, Alpine)");
    }
    Runtime runtime = Runtime.getRuntime(library);
    Pointer context = library.seccomp_init(ALLOW);
    if (context == null) {
      throw new FilterException(place + "libseccomp cannot begin a filter");
    }
    Seccomp seccomp = new Seccomp(library, runtime, context, place);
    Integer smaller = SMALLER.get(library.seccomp_arch_native());
    if (smaller != null) {
      seccomp.check(library.seccomp_arch_add(context, smaller), "add an architecture");
    }
    seccomp.check(
        library.seccomp_attr_set(context, BAD_ARCHITECTURE, ERRNO_ENOSYS), "set an attribute");
    // Older ones have none, and make a longer way through the same filter.
    library.seccomp_attr_set(context, OPTIMIZE, TREE);
    return seccomp;
  }

  private void check(int result, String what) {
    if (result < 0) {
      throw new FilterException(place + version() + " cannot " + what + " (error " + -result + ")");
    }
  }

  /** The library with its version. */
  String version() {
    Pointer version = library.seccomp_version();
    return "libseccomp " + version.getInt(0) + "." + version.getInt(4) + "." + version.getInt(8);
  }

  /** Holds a call under one of its names; whether the library knows that. */
  boolean hold(Syscall call, String name, int action) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    Pointer text = Memory.allocateDirect(runtime, bytes.length + 1, true);
    text.put(0, bytes, 0, bytes.length);
    int number = library.seccomp_syscall_resolve_name(text);
    if (number == UNKNOWN) {
      return false;
    }
    SyscallNames.Argument argument = SyscallNames.argument(call);
    Pointer comparison = null;
    if (argument != null) {
      comparison = Memory.allocateDirect(runtime, COMPARISON, true);
      comparison.putInt(0, index(call, argument));
      comparison.putInt(4, MASKED_EQUAL);
      comparison.putLong(8, argument.mask());
      comparison.putLong(16, argument.value());
    }
    int result =
        library.seccomp_rule_add_array(
            context, action, number, argument == null ? 0 : 1, comparison);
    // Two names of one call, and a twin that has a line of its own.
    check(result == EXISTS ? 0 : result, "hold `" + call.text() + "`");
    return true;
  }

  // The s390 has the arguments of clone the other way round.
  private int index(Syscall call, SyscallNames.Argument argument) {
    boolean other = call.name().equals("clone") && library.seccomp_arch_native() == S390X;
    return other ? 1 - argument.index() : argument.index();
  }

  /** The filter's instructions. */
  byte[] export() {
    C libc = LibraryLoader.create(C.class).load("c");
    Pointer name = Memory.allocateDirect(runtime, 2, true);
    name.put(0, new byte[] {'f'}, 0, 1);
    int file = libc.memfd_create(name, 1);
    check(file, "write the filter to memory");
    try {
      check(library.seccomp_export_bpf(context, file), "make the filter");
      return Files.readAllBytes(Path.of("/proc/self/fd/" + file));
    } catch (IOException e) {
      throw new FilterException(place + "cannot read the filter from memory: " + e.getMessage());
    } finally {
      libc.close(file);
    }
  }

  @Override
  public void close() {
    library.seccomp_release(context);
  }
}
