package dev.broot.pairs;

import java.util.Map;
import java.util.Set;

/**
 * What came of one run.
 *
 * @param status its exit status
 * @param err what was said on standard error
 * @param seen whether the probe ran to its end
 * @param cut whether there was more than it looked at
 * @param facts what it could do
 * @param inside what it found at the paths of the sandbox
 */
record Found(
    int status,
    String err,
    boolean seen,
    boolean cut,
    Set<String> facts,
    Map<String, Inside> inside) {
  /**
   * A path of a sandbox.
   *
   * @param kind d, f, l, s or c, as in {@code ls -l}
   * @param read whether it could be read
   * @param write whether it could be written
   * @param host the path of the host whose object it is, or empty
   * @param tokens the objects of the host whose content it shows
   * @param leads where a symlink leads, or empty
   */
  record Inside(
      String kind,
      boolean read,
      boolean write,
      String host,
      java.util.List<String> tokens,
      String leads) {}
}
