package dev.broot.spec;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets of processors, written as the kernel writes them: {@code 0-3,8}. */
public final class Cpus {
  /** One more than the highest number that a kernel can be built for. */
  private static final int MOST = 8192;

  private static final int HEXADECIMAL = 16;
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

  private Cpus() {}

  /** A list of numbers and ranges in the kernel's form, or null where it is none. */
  public static @Nullable String list(String text) {
    BitSet set = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        return null;
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first || last >= MOST) {
        return null;
      }
      set.set(first, last + 1);
    }
    return text(set);
  }

  /** The list of a mask in hexadecimal digits, or null where it is none or empty. */
  public static @Nullable String ofMask(String text) {
    if (!text.matches("(?i)(0x)?[0-9a-f]{1," + MOST / 4 + "}")) {
      return null;
    }
    BigInteger mask = new BigInteger(text.replaceFirst("(?i)^0x", ""), HEXADECIMAL);
    BitSet set = new BitSet();
    for (int i = 0; i < mask.bitLength(); i++) {
      set.set(i, mask.testBit(i));
    }
    return set.isEmpty() ? null : text(set);
  }

  /** How many there are in a list of the kernel's form. */
  public static int count(String list) {
    return set(list).cardinality();
  }

  /** Whether all of a list are in another one. */
  public static boolean covers(String list, String other) {
    BitSet missing = set(other);
    missing.andNot(set(list));
    return missing.isEmpty();
  }

  private static BitSet set(String list) {
    BitSet set = new BitSet();
    for (Matcher range = RANGE.matcher(list); range.find(); ) {
      int first = Integer.parseInt(range.group(1));
      set.set(first, range.group(2) == null ? first + 1 : Integer.parseInt(range.group(2)) + 1);
    }
    return set;
  }

  private static String text(BitSet set) {
    StringBuilder out = new StringBuilder();
    for (int first = set.nextSetBit(0); first >= 0; ) {
      int end = set.nextClearBit(first);
      out.append(out.isEmpty() ? "" : ",").append(first);
      if (end > first + 1) {
        out.append('-').append(end - 1);
      }
      first = set.nextSetBit(end);
    }
    return out.toString();
  }
}
