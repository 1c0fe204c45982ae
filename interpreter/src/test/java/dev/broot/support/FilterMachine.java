package dev.broot.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter of system calls as the kernel does, for machines that this one is not. */
public final class FilterMachine {
  /** AUDIT_ARCH of 64-bit programs on x86. */
  public static final int X86_64 = 0xc000003e;

  /** AUDIT_ARCH of 32-bit programs on x86. */
  public static final int I386 = 0x40000003;

  /** AUDIT_ARCH of 64-bit programs on ARM. */
  public static final int AARCH64 = 0xc00000b7;

  private FilterMachine() {}

  /** What a filter returns for a call. */
  public static int run(byte[] filter, int machine, int number, long... arguments) {
    ByteBuffer program = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(machine).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int code = program.getShort(8 * at);
      int yes = program.get(8 * at + 2) & 0xff;
      int no = program.get(8 * at + 3) & 0xff;
      int value = program.getInt(8 * at + 4);
      switch (code) {
        case 0x20 -> accumulator = data.getInt(value);
        case 0x54 -> accumulator &= value;
        case 0x05 -> at += value;
        case 0x15 -> at += accumulator == value ? yes : no;
        case 0x25 -> at += Integer.compareUnsigned(accumulator, value) > 0 ? yes : no;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? yes : no;
        case 0x45 -> at += (accumulator & value) != 0 ? yes : no;
        case 0x06 -> {
          return value;
        }
        default -> throw new IllegalArgumentException("instruction " + Integer.toHexString(code));
      }
    }
  }
}
