package dev.broot.translate;

import dev.broot.spec.Limit;
import dev.broot.translate.ShellText.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code ulimit} of a shell sets before it starts bubblewrap: each bound becomes a line. */
final class ShellLimits {
  private static final Pattern SHELL =
      Pattern.compile("#![ \t]*(?:\\S*/env[ \t]+(?:-S[ \t]+)?)?(?:\\S*/)?([a-z]+)(?=[ \t\r\n])");
  private static final Pattern OPTION = Pattern.compile("-([A-Za-z]+)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  // The unit is bytes, or 1 of what is counted; 0 where it is the shell's block.
  private record Resource(Limit.Kind kind, int unit) {}

  private static final Map<String, Resource> RESOURCES =
      Map.of(
          "n", new Resource(Limit.Kind.OPEN_FILES, 1),
          "f", new Resource(Limit.Kind.FILE_SIZE, 0),
          "t", new Resource(Limit.Kind.CPU_TIME, 1),
          "s", new Resource(Limit.Kind.STACK, 1024),
          "c", new Resource(Limit.Kind.CORE, 0),
          "u", new Resource(Limit.Kind.PROCESSES, 1),
          "l", new Resource(Limit.Kind.LOCKED_MEMORY, 1024),
          "v", new Resource(Limit.Kind.ADDRESS_SPACE, 1024));

  private final boolean bash;
  private final int block;
  private Map<Limit.Kind, Long> limits = new LinkedHashMap<>();
  private final Deque<Map<Limit.Kind, Long>> outside = new ArrayDeque<>();

  /** Of a script: its first line says how large a block is. */
  ShellLimits(String script) {
    Matcher shell = SHELL.matcher(script);
    String name = shell.lookingAt() ? shell.group(1) : "";
    bash = name.equals("bash");
    boolean other = List.of("sh", "dash", "ash", "ksh", "mksh", "zsh").contains(name);
    // bash as POSIX wants it has the blocks of the others; where it says so is not searched for.
    block = other ? 512 : bash && !script.contains("posix") ? 1024 : 0;
  }

  /** The lines. */
  List<String> lines() {
    return limits.entrySet().stream()
        .map(one -> LaunchLimits.line(one.getKey(), one.getValue()))
        .toList();
  }

  /** A parenthesis opens a shell of its own, whose limits end with it. */
  void open() {
    outside.push(new LinkedHashMap<>(limits));
  }

  /** The parenthesis closes; whether limits end there. */
  boolean close() {
    Map<Limit.Kind, Long> before = outside.poll();
    boolean ends = before != null && !before.equals(limits);
    limits = before == null ? limits : before;
    return ends;
  }

  /** Reads a command; why it is refused, or null. */
  @Nullable String read(Command command) {
    if (List.of("|", "&").contains(command.end())) {
      return "it sets nothing for bwrap there";
    }
    List<Arg> words = command.words();
    StringBuilder letters = new StringBuilder();
    String why = null;
    boolean given = false;
    for (int i = 1; i < words.size() && why == null; i++) {
      String word = String.valueOf(words.get(i).literal());
      Matcher option = OPTION.matcher(word);
      if (option.matches()) {
        letters.append(option.group(1));
      } else if (!word.equals("--")) {
        why = set(letters.toString(), word, given);
        given = true;
        // Each pair in bash, where -S and -H hold for the next one too.
        letters.setLength(0);
      }
    }
    // Without an amount it prints what there is.
    return why == null && given && !letters.isEmpty()
        ? "write a `ulimit` for each bound, with the amount last"
        : why;
  }

  private @Nullable String set(String letters, String amount, boolean again) {
    boolean soft = letters.contains("S");
    boolean hard = letters.contains("H");
    String what = letters.replaceAll("[SH]", "");
    if (again) {
      return "write a `ulimit` for each bound, with the amount last";
    } else if (soft != hard || (soft && !bash)) {
      return "`limit` sets both limits of setrlimit(2); write it without -S and -H";
    } else if (amount.equals("unlimited")) {
      return "`limit` takes away only, and has no word for `unlimited`";
    } else if (!NUMBER.matcher(amount).matches()) {
      return "the amount is not a number; write the number";
    }
    Resource resource = RESOURCES.get(what.isEmpty() ? "f" : what);
    return resource == null
        ? "`limit` has no word for `ulimit -" + what + "`"
        : add(resource.kind(), resource.unit(), Long.parseLong(amount));
  }

  private @Nullable String add(Limit.Kind kind, int said, long amount) {
    int unit = said == 0 ? block : said;
    if (unit == 0 && amount != 0) {
      return "a block is 512 bytes in sh and 1024 in bash; begin with a line `#!/bin/sh` or `#!/bin/bash`";
    }
    long whole = amount > Long.MAX_VALUE / Math.max(1, unit) ? -1 : amount * unit;
    Long before = limits.get(kind);
    if (LaunchLimits.line(kind, whole) == null) {
      return "`limit " + kind.word() + "` takes " + LaunchLimits.range(kind);
    } else if (before != null && before < whole) {
      return "it is more than the `ulimit` before it, and `limit` takes away only";
    }
    limits.put(kind, whole);
    return null;
  }
}
