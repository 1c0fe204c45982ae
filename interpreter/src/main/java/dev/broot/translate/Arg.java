package dev.broot.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A word of a command line, as far as it is known before a shell has read it.
 *
 * @param parts texts and variables, in order
 * @param shown as it is written
 * @param problem why it is not known what it stands for, or null
 */
public record Arg(List<Part> parts, String shown, @Nullable String problem) {
  /** Copies the list. */
  public Arg {
    parts = List.copyOf(parts);
  }

  /** A stretch of a word. */
  public sealed interface Part {}

  /** Characters that stand for themselves. */
  public record Text(String text) implements Part {}

  /**
   * A variable of the script.
   *
   * @param otherwise what stands for it where it is not set, or null
   * @param bare whether it stands outside quotes, so that the shell splits its value
   */
  public record Variable(String name, @Nullable String otherwise, boolean bare) implements Part {}

  /** A word that is known. */
  static Arg of(String text) {
    return new Arg(text.isEmpty() ? List.of() : List.of(new Text(text)), text, null);
  }

  /** A word that is not. */
  static Arg unknown(String shown, String problem) {
    return new Arg(List.of(), shown, problem);
  }

  /** What it stands for, or null where a shell has to say that. */
  public @Nullable String literal() {
    if (problem != null || parts.stream().anyMatch(Variable.class::isInstance)) {
      return null;
    }
    return parts.stream().map(part -> ((Text) part).text()).collect(Collectors.joining());
  }

  /** Whether it is that text. */
  boolean is(String text) {
    return text.equals(literal());
  }

  /** Whether it starts with that text. */
  boolean startsWith(String prefix) {
    return !parts.isEmpty() && parts.get(0) instanceof Text text && text.text().startsWith(prefix);
  }

  /** The variable that is all of it, or null. */
  @Nullable Variable alone() {
    return problem == null && parts.size() == 1 && parts.get(0) instanceof Variable variable
        ? variable
        : null;
  }

  /** The variable it starts with, or null. */
  @Nullable Variable first() {
    return !parts.isEmpty() && parts.get(0) instanceof Variable variable ? variable : null;
  }

  /** The rest of it: the value of {@code NAME=VALUE}. */
  Arg behind(int length) {
    List<Part> rest = new ArrayList<>(parts);
    if (!rest.isEmpty() && rest.get(0) instanceof Text text) {
      String end = text.text().substring(Math.min(length, text.text().length()));
      rest.remove(0);
      if (!end.isEmpty()) {
        rest.add(0, new Text(end));
      }
    }
    return new Arg(rest, shown.substring(length), problem);
  }

  /** A path that starts at a directory where it is relative; null where that is not known. */
  @Nullable Arg in(@Nullable String directory) {
    if (first() != null || startsWith("/")) {
      return this;
    } else if (directory == null || parts.isEmpty()) {
      return null;
    }
    List<Part> whole = new ArrayList<>(parts);
    String rest = ((Text) whole.remove(0)).text();
    while (rest.equals(".") || rest.startsWith("./")) {
      rest = rest.substring(1).replaceFirst("^/+", "");
    }
    boolean slash = directory.endsWith("/") || (rest.isEmpty() && whole.isEmpty());
    whole.add(0, new Text(directory + (slash ? "" : "/") + rest));
    return new Arg(whole, shown, null);
  }
}
