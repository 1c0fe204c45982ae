package dev.broot.translate;

import dev.broot.spec.Paths;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says words of a command line as words of a spec: paths, files behind descriptors, texts. */
final class Places {
  private static final String DATA =
      "what the descriptor holds is not seen here; say which file it is with `--fd NUMBER=FILE`";

  private final Parameters parameters;
  private final Map<String, Arg> descriptors;
  private final @Nullable String directory;
  private final Set<String> used = new TreeSet<>();

  /**
   * For one command line.
   *
   * @param directory where it is called, or null where that is not known
   */
  Places(Parameters parameters, Map<String, Arg> descriptors, @Nullable String directory) {
    this.parameters = parameters;
    this.descriptors = descriptors;
    this.directory = directory;
  }

  /** What it stands for. */
  String literal(Arg value) throws Refused {
    check(value);
    String literal = value.literal();
    String known = literal == null ? parameters.known(value) : literal;
    if (known == null) {
      throw new Refused("`" + value.shown() + "` is known only to the shell; write its value");
    }
    return known;
  }

  /** Any text. */
  String text(Arg value) throws Refused {
    check(value);
    return Quoted.word(value, name -> parameters.use(value, name, false));
  }

  private static void check(Arg value) throws Refused {
    String problem = value.problem();
    if (problem != null) {
      throw new Refused("`" + value.shown() + "`: " + problem);
    }
    for (Arg.Part part : value.parts()) {
      if (part instanceof Arg.Text text
          && text.text().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
        throw new Refused("its value is not UTF-8, and a spec is");
      }
      if (part instanceof Arg.Variable variable && !variable.name().matches("[A-Za-z0-9_]+")) {
        throw new Refused(
            "what `$" + variable.name() + "` holds is not seen here; write its words");
      }
    }
  }

  /** A path of the host. */
  String path(Arg value) throws Refused {
    check(value);
    Arg absolute = value.in(directory);
    if (absolute == null) {
      throw new Refused(
          "`" + value.shown() + "` is a relative path; `--cwd DIR` says where bwrap is called");
    }
    return Quoted.word(absolute, name -> parameters.use(absolute, name, true));
  }

  /** The file that a descriptor holds open. */
  String input(Arg number) throws Refused {
    return path(file(number));
  }

  /** The descriptors that options take. */
  Set<String> used() {
    return used;
  }

  /** The same, not yet as a word. */
  Arg file(Arg number) throws Refused {
    String said = literal(number);
    Arg file = descriptors.get(said);
    used.add(said);
    if (file == null) {
      throw new Refused(DATA);
    }
    return file;
  }

  /** The name of a file that a descriptor holds open, to read it now. */
  String name(Arg number) throws Refused {
    Arg file = file(number).in(directory);
    return file == null ? literal(file(number)) : literal(file);
  }

  /** A path in the sandbox; bubblewrap takes it from the root, with or without a slash. */
  String target(Arg value) throws Refused {
    check(value);
    if (value.parts().isEmpty()) {
      throw new Refused("a target is empty");
    }
    String literal = value.literal();
    if (literal == null) {
      Arg absolute = value.first() != null ? value : value.in("/");
      Arg target = absolute == null ? value : absolute;
      return Quoted.word(target, name -> parameters.use(target, name, true));
    }
    String path = literal.startsWith("/") ? literal : "/" + literal;
    return Quoted.word(("/" + literal + "/").contains("/../") ? Paths.normalize(path) : path);
  }
}
