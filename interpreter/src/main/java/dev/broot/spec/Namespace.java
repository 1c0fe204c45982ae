package dev.broot.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A namespace that a sandbox can have of its own, in the order in which broot says them. */
public enum Namespace {
  /** All of these; {@link #USER} and {@link #CGROUP} only where the kernel lets it. */
  ALL,
  /** User and group numbers, and capabilities. */
  USER,
  /** The same where the kernel lets it. */
  USER_TRY,
  /** System V IPC and message queues. */
  IPC,
  /** Processes. */
  PID,
  /** The network, with abstract sockets. */
  NET,
  /** The host's name. */
  UTS,
  /** Control groups. */
  CGROUP,
  /** The same where the kernel lets it. */
  CGROUP_TRY;

  /** The words of the language, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Namespace::word).toList();
  }

  /** Its word in the language. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The namespace of a word, or null where there is none. */
  public static @Nullable Namespace of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst().orElse(null);
  }
}
