package dev.broot.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds bubblewrap among the words of a command, and reads the words before it. */
final class Launch {
  // bwrap, flatpak-bwrap, srt-bwrap, bwrap-0.11, /nix/store/.../bin/bwrap
  private static final Pattern BWRAP =
      Pattern.compile("(?:.*/)?(?:[A-Za-z0-9_.]+-)*(?:bwrap|bubblewrap)(?:[-.][A-Za-z0-9_.-]*)?");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("sudo", "call `sudo broot exec`"),
          Map.entry("doas", "call `doas broot exec`"),
          Map.entry("su", "call broot as that user"),
          Map.entry("runuser", "call broot as that user"),
          Map.entry("setpriv", "call `setpriv ... broot exec`"),
          Map.entry("timeout", "`broot exec --timeout TIME` ends a run"),
          Map.entry("cgexec", "`limit` lines bound a sandbox"),
          Map.entry("ionice", "call `ionice ... broot exec`"),
          Map.entry("ulimit", "it is the shell's; use --as shell, which reads the whole line"),
          Map.entry("unshare", "`unshare NAMESPACE` lines say it"),
          Map.entry("nsenter", "a `descriptor` line passes a namespace"),
          Map.entry("chroot", "`root` and `bind` lines say it"));

  private final Set<String> names;

  /** What is taken for bubblewrap beside what is called so. */
  Launch(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /**
   * What stands before the options of bubblewrap.
   *
   * @param options where these start
   * @param cleared whether the environment starts empty
   */
  record Before(int options, boolean cleared, List<String> limits, List<Variable> variables) {
    /** Copies the lists. */
    Before {
      limits = List.copyOf(limits);
      variables = List.copyOf(variables);
    }
  }

  /**
   * A variable of the environment.
   *
   * @param value its value, or null where it is taken out
   * @param passed whether it is passed on where it is set
   */
  record Variable(String name, @Nullable Arg value, boolean passed) {}

  /** Where bubblewrap is named, or -1. */
  int find(List<Arg> words) {
    for (int i = 0; i < words.size(); i++) {
      if (isBwrap(words.get(i))) {
        return i;
      }
      if (words.get(0).startsWith("-")) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isBwrap(Arg word) {
    String literal = word.literal();
    Arg.Variable variable = word.alone();
    if (variable != null) {
      return variable.name().matches("(?i).*(bwrap|bubblewrap).*");
    }
    return literal != null && (names.contains(literal) || BWRAP.matcher(literal).matches());
  }

  /** Reads the words before the options. */
  Before read(List<Arg> words, Refusal refusal) {
    List<Variable> variables = new ArrayList<>();
    boolean cleared = false;
    int named = find(words);
    if (named < 0) {
      if (!words.isEmpty() && !words.get(0).startsWith("-")) {
        refusal.refuse(0, "a command line starts with bwrap or with an option of it");
      }
      return new Before(0, false, List.of(), variables);
    }
    LaunchLimits limits = new LaunchLimits(words, named, refusal);
    for (int i = 0; i < named; ) {
      String word = String.valueOf(words.get(i).literal());
      String name = word.substring(word.lastIndexOf('/') + 1);
      int next = i + 1;
      switch (name) {
        case "exec", "command", "nohup" -> {
          if (words.get(next).startsWith("-")) {
            refusal.refuse(next, "an option of `" + name + "`");
            next = named;
          }
        }
        case "env" -> {
          cleared |= words.subList(next, named).stream().anyMatch(Launch::clears);
          next = environment(words, next, named, variables, refusal);
        }
        default -> {
          next = limits.read(name, next);
          if (next < 0) {
            refusal.refuse(
                i, OTHERS.getOrDefault(name, "broot does not know what it does to bwrap"));
            next = named;
          }
        }
      }
      i = next;
    }
    return new Before(named + 1, cleared, limits.lines(), variables);
  }

  private static boolean clears(Arg word) {
    return word.is("-i") || word.is("-") || word.is("--ignore-environment");
  }

  private static int environment(
      List<Arg> words, int from, int to, List<Variable> variables, Refusal refusal) {
    for (int i = from; i < to; i++) {
      Arg word = words.get(i);
      String literal = String.valueOf(word.literal());
      int equals = word.shown().indexOf('=');
      String name = equals < 0 ? "" : word.shown().substring(0, equals);
      Matcher passed =
          Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\+\"\\1=\\$\\1\"\\}")
              .matcher(word.shown());
      boolean said = clears(word) || literal.equals("--");
      if (passed.matches()) {
        variables.add(new Variable(passed.group(1), null, true));
      } else if (!said && literal.equals("-u") && i + 1 < to) {
        variables.add(new Variable(String.valueOf(words.get(++i).literal()), null, false));
      } else if (literal.startsWith("--unset=")) {
        variables.add(new Variable(literal.substring("--unset=".length()), null, false));
      } else if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        variables.add(new Variable(name, word.behind(equals + 1), false));
      } else if (!said && literal.startsWith("-")) {
        refusal.refuse(i, "an option of `env` that broot does not know");
        return to;
      } else if (!said) {
        return i;
      }
    }
    return to;
  }
}
