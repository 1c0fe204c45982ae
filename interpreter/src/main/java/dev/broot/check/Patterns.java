package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Glob;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Pattern;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the paths of {@code hide} and {@code protect}, and what they leave out. */
final class Patterns {
  private final Diagnostics diagnostics;
  private final BiFunction<Text, Line, Value> targets;
  private final Exemptions exemptions = new Exemptions();

  /**
   * @param targets reads a path of the sandbox
   */
  Patterns(Diagnostics diagnostics, BiFunction<Text, Line, Value> targets) {
    this.diagnostics = diagnostics;
    this.targets = targets;
  }

  /** Whether a text is a pattern: it has a wildcard, and no quotes. */
  static boolean isPattern(Text text) {
    return !text.quoted()
        && text.parts().stream()
            .anyMatch(part -> part instanceof Text.Literal literal && Glob.isWild(literal.text()));
  }

  /** A path before the first part with a wildcard, and the pattern from there on. */
  private record Split(Text root, @Nullable Glob glob) {}

  private @Nullable Mount mask(Statement.Mask mask, Line line) {
    Split split = split(mask.path(), line);
    Value root = targets.apply(split.root(), line);
    Glob glob = split.glob();
    if (Paths.normalize(root.display()).equals("/")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(mask.path().span()),
          glob == null ? "`/` is all that there is" : "a pattern that looks through the whole host",
          glob == null
              ? "name a part of what a line shows"
              : "start with a directory, as in `${project}/**/.env`");
    }
    if (glob != null && mask.optional()) {
      diagnostics.error(
          Code.NO_EFFECT,
          line.origin(),
          "`optional` on a pattern, which may match nothing",
          "remove the word `optional`");
    }
    List<Glob> except = new ArrayList<>();
    for (Text text : mask.except()) {
      Glob one = glob == null ? null : except(text, root, line);
      if (one != null) {
        except.add(one);
      } else {
        diagnostics.error(
            Code.NO_EFFECT,
            line.at(text.span()),
            "`" + text.display() + "` leaves nothing out",
            glob == null
                ? "`except` stands behind a pattern"
                : "name what lies below `" + root.display() + "`");
      }
    }
    if (exempt(line, root, glob, except)) {
      return null;
    }
    return new Mount.Mask(
        mask.kind(),
        root,
        glob == null ? null : new Pattern(glob, except),
        mask.optional(),
        line.provenance());
  }

  // Adds what the includes leave out. Whether that is all of it.
  private boolean exempt(Line line, Value root, @Nullable Glob glob, List<Glob> except) {
    for (Exemptions.Exemption exemption : exemptions.of(line)) {
      Line include = exemption.include();
      if (reaches(split(exemption.path(), include), include, root)) {
        exemptions.holds(exemption);
        return true;
      }
      Glob one = glob == null ? null : except(exemption.path(), root, include);
      if (one != null) {
        exemptions.holds(exemption);
        except.add(one);
      }
    }
    return false;
  }

  // Whether what is left out has a whole path in it.
  private boolean reaches(Split left, Line include, Value path) {
    Value from = targets.apply(left.root(), include);
    String below = below(path, from);
    Glob glob = left.glob();
    return below != null && (glob == null || glob.covers(below));
  }

  /** Takes note of what the includes of a level leave out. */
  void meet(List<Line> lines) {
    lines.forEach(exemptions::meet);
  }

  /** Reports what the includes leave out and no line would hide or protect. */
  void finish() {
    exemptions.idle(
        (path, include) ->
            diagnostics.error(
                Code.NO_EFFECT,
                include.at(path.span()),
                "`" + path.display() + "` leaves nothing out",
                "name what a line of the fragment hides or protects"));
  }

  /** Whether a pattern may stand in a statement. */
  static boolean mayBeIn(Statement.Body body) {
    return body instanceof Statement.Mask || body instanceof Statement.BindMatching;
  }

  /**
   * Reads such a statement.
   *
   * @param valid takes its mount, where it is valid, and where that appears
   */
  void read(Statement.Body body, Line line, BiConsumer<Mount, Value> valid) {
    Mount.Matching matching =
        body instanceof Statement.BindMatching bind ? matching(bind, line) : null;
    if (body instanceof Statement.Mask mask) {
      Mount mount = mask(mask, line);
      if (mount != null) {
        valid.accept(mount, Value.of("/"));
      }
    } else if (matching != null) {
      valid.accept(matching, matching.to());
    }
  }

  private Mount.@Nullable Matching matching(Statement.BindMatching bind, Line line) {
    Text said = bind.pattern();
    Split split = split(said, line);
    Glob glob = split.glob();
    if (glob == null) {
      String path = said.display();
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(said.span()),
          "`" + path + "` is no pattern, and a bind of one thing says where it appears",
          "write `bind dev " + path + " -> " + path + "`");
      return null;
    }
    Value root = targets.apply(split.root(), line);
    if (Paths.normalize(root.display()).equals("/")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(said.span()),
          "a pattern that looks through the whole host",
          "start with a directory, as in `/dev/nvidia*`");
    }
    List<Value.Part> parts = new ArrayList<>(root.parts());
    parts.add(new Value.Literal("/" + glob.display()));
    Value to = new Value(parts);
    String literal = root.literal();
    return new Mount.Matching(
        root,
        glob,
        literal == null ? to : Value.of(literal + "/" + glob.display()),
        bind.optional(),
        line.provenance());
  }

  private @Nullable Glob except(Text text, Value root, Line line) {
    Split split = split(text, line);
    Value path = targets.apply(split.root(), line);
    String below = below(path, root);
    if (below == null) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (String part : below.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(Glob.literal(part));
      }
    }
    Glob glob = split.glob();
    parts.addAll(glob == null ? List.of() : glob.parts());
    return parts.isEmpty() ? null : new Glob(parts);
  }

  // Both start alike, and what is behind the root is known.
  private static @Nullable String below(Value path, Value root) {
    List<Value.Part> parts = path.parts();
    List<Value.Part> parents = root.parts();
    String whole = Paths.normalize(path.display());
    String parent = Paths.normalize(root.display());
    boolean known =
        parts.stream().skip(Math.max(0, parents.size() - 1)).noneMatch(Value.Open.class::isInstance)
            || (parts.size() <= parents.size() + 1 && startsAlike(parts, parents));
    return known && Paths.isWithin(whole, parent) ? whole.substring(parent.length()) : null;
  }

  private static boolean startsAlike(List<Value.Part> parts, List<Value.Part> parents) {
    return parts.size() >= parents.size() && parts.subList(0, parents.size()).equals(parents);
  }

  private Split split(Text text, Line line) {
    if (!isPattern(text)) {
      return new Split(text, null);
    }
    Wildcards.refuseSets(text, line.at(text.span()), diagnostics);
    List<Text.Part> before = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    boolean wild = false;
    for (Text.Part part : text.parts()) {
      String literal = part instanceof Text.Literal one ? one.text() : null;
      if (wild && literal == null) {
        diagnostics.error(
            Code.BAD_VALUE,
            line.at(text.span()),
            "a pattern names no parameter behind its first `*` or `?`",
            "write the parameter at its start");
      } else if (wild) {
        rest.append(literal);
      } else if (literal != null && Glob.isWild(literal)) {
        int first = firstWild(literal);
        int slash = literal.lastIndexOf('/', first);
        wild = true;
        rest.append(literal.substring(slash + 1));
        if (slash < 0) {
          diagnostics.error(
              Code.BAD_VALUE,
              line.at(text.span()),
              "a `*` or `?` in the same part of the path as a parameter",
              "write a `/` between them");
        }
        before.add(new Text.Literal(literal.substring(0, Math.max(slash, 0))));
      } else {
        before.add(part);
      }
    }
    boolean top = before.stream().allMatch(part -> part.equals(new Text.Literal("")));
    before.removeIf(part -> part.equals(new Text.Literal("")));
    Text root = new Text(top ? List.of(new Text.Literal("/")) : before, text.span(), true);
    return new Split(root, new Glob(parts(rest.toString(), text, line)));
  }

  private static int firstWild(String text) {
    int i = 0;
    while (text.charAt(i) != '*' && text.charAt(i) != '?') {
      i++;
    }
    return i;
  }

  private List<String> parts(String rest, Text text, Line line) {
    List<String> parts = new ArrayList<>();
    for (String part : rest.split("/", -1)) {
      boolean any = part.equals(Glob.ANY_PARTS);
      if (part.equals("..") || (part.contains("**") && !any)) {
        diagnostics.error(
            Code.BAD_VALUE,
            line.at(text.span()),
            part.equals("..")
                ? "`..` in a pattern"
                : "`**` is any number of directories, and a whole part of a path",
            part.equals("..")
                ? "write where it really is"
                : "as in `${project}/**/.env`; within a name, write `*`");
      } else if (!part.isEmpty() && !part.equals(".")) {
        boolean twice = any && !parts.isEmpty() && parts.get(parts.size() - 1).equals(part);
        if (!twice) {
          parts.add(any ? part : Glob.wild(part));
        }
      }
    }
    return parts.isEmpty() ? List.of("*") : parts;
  }
}
