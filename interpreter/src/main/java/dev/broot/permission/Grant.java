package dev.broot.permission;

import dev.broot.spec.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the program may do.
 *
 * @param level how dangerous it is
 * @param subject what it is, as a value
 * @param text what it is, behind "may" or as a sentence's end: {@code write /srv/out on the host}
 * @param provenance the line that grants it, or null when no line does
 */
public record Grant(Level level, Subject subject, String text, @Nullable Provenance provenance) {
  /** How dangerous a grant is, the worst first. */
  public enum Level {
    /** As good as control over the host. */
    HOST_CONTROL,
    /** The host can be changed, or others reached through it. */
    HOST_WRITE,
    /** Something of the host can be read or seen. */
    HOST_READ,
    /** Resources of the host are used for a while. */
    RESOURCE,
    /** Only what the program finds is different. */
    VISIBLE
  }

  /** The same, said in other words. */
  Grant with(String words) {
    return new Grant(level, subject, words, provenance);
  }
}
