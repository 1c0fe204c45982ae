package dev.broot.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a line of a generated spec is about, and how often there is one. */
enum Kind {
  BIND(30),
  CONDITION(8),
  SOURCE_SYMLINK(6),
  SOURCE_DOTS(4),
  SOURCE_ALIAS(3),
  SUBMOUNT(4),
  TMPFS(8),
  DIR(5),
  SYMLINK(6),
  REMOUNT_RO(5),
  CHMOD(3),
  FILE(3),
  BIND_DATA(3),
  TEXT(3),
  OVERLAY(4),
  PROC(3),
  DEV(2),
  MQUEUE(1),
  DEVICES(2),
  SCRATCH(3),
  MODULE(1),
  LIBDIR(1),
  API_SOCKET(3),
  API_SERVE(2),
  RAW(3),
  PARAM(6),
  PARAM_ENV(3),
  ENV(5),
  ENV_INHERIT(2),
  UNSHARE(5),
  SHARE(2),
  CAP(4),
  SECCOMP(2),
  SETTING(5),
  LABEL(1),
  DEFAULT(3),
  LIMIT(3),
  DEVICE_PATTERN(2),
  NETWORK(1),
  SHIPPED(3),
  DROP(5),
  MASK(5),
  RESOURCE(2),
  /** The host has a directory mounted at a second place. */
  HOST_ALIAS(0),
  /** What is denied is named by a symlink of the host. */
  DENIED_SYMLINK(0);

  private final int weight;

  Kind(int weight) {
    this.weight = weight;
  }

  /** What a line is about whose words were changed. */
  static Kind of(Kind kind, String text) {
    boolean conditional = text.endsWith(" optional") || text.contains(" if ");
    return text.startsWith("bind-data ")
        ? BIND_DATA
        : conditional ? CONDITION : text.contains("${") && kind == BIND ? PARAM : kind;
  }

  /** Each kind as often as it weighs, without some. */
  static List<Kind> weighted(Set<Kind> leftOut) {
    List<Kind> all = new ArrayList<>();
    Arrays.stream(values())
        .filter(kind -> !leftOut.contains(kind))
        .forEach(
            kind -> {
              for (int i = 0; i < kind.weight; i++) {
                all.add(kind);
              }
            });
    return all;
  }
}
