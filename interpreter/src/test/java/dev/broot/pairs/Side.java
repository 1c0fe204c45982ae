package dev.broot.pairs;

import dev.broot.pairs.Line.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One spec of a pair.
 *
 * @param start what it starts from
 * @param lines its lines, in their order; those of the base come first
 * @param parameters how each parameter gets its value
 */
record Side(Start start, List<Line> lines, Map<String, Source> parameters) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([pqst])}");

  /** What a spec starts from. */
  enum Start {
    /** The base that ships. */
    HOST("base host\n"),
    /** Nothing, and the programs of the host. */
    NONE(
        "base none\nbind ro /usr -> /usr\nsymlink usr/bin -> /bin\nsymlink usr/lib -> /lib\n"
            + "symlink usr/lib64 -> /lib64\n"),
    /** The whole host, read-only. */
    WHOLE("base none\nbind ro / -> /\n");

    final String text;

    Start(String text) {
      this.text = text;
    }
  }

  /** How a parameter gets its value. */
  enum Source {
    GIVEN,
    DEFAULT,
    ENVIRONMENT
  }

  /** Copies the lists. */
  Side {
    lines = List.copyOf(lines);
    parameters = Map.copyOf(parameters);
  }

  Side with(List<Line> others) {
    List<Line> sorted = new ArrayList<>();
    others.stream().filter(line -> line.level() == Level.BASE).forEach(sorted::add);
    others.stream().filter(line -> line.level() != Level.BASE).forEach(sorted::add);
    return new Side(start, sorted, parameters);
  }

  /** The parameters that a line refers to. */
  static List<String> references(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The parameters that it uses and whose values the caller gives. */
  List<String> given() {
    return used(lines).stream().filter(name -> way(name) == Source.GIVEN).toList();
  }

  /** Whether what it permits depends on what only the caller knows. */
  boolean isOpen() {
    return used(lines).stream().anyMatch(name -> way(name) != Source.DEFAULT);
  }

  private Source way(String name) {
    return parameters.getOrDefault(name, Source.GIVEN);
  }

  private static List<String> used(List<Line> lines) {
    TreeSet<String> names = new TreeSet<>();
    lines.forEach(line -> names.addAll(references(line.text())));
    return List.copyOf(names);
  }

  /** A file, and which line of the side each of its own lines is; -1 for the others. */
  record File(StringBuilder text, List<Integer> origins) {
    File() {
      this(new StringBuilder(), new ArrayList<>());
    }

    void add(String more, int origin) {
      for (String line : more.lines().toList()) {
        text.append(line).append('\n');
        origins.add(origin);
      }
    }
  }

  /**
   * The files of this side by name; the first is the spec.
   *
   * @param name what their names start with
   * @param values the parameters' values
   */
  Map<String, File> files(String name, Map<String, String> values) {
    Map<String, File> files = new LinkedHashMap<>();
    File own = new File();
    files.put(name + ".broot", own);
    own.add("broot 1", -1);
    File first = own;
    if (lines.stream().anyMatch(line -> line.level() == Level.BASE)) {
      own.add("base " + name + "-base.broot", -1);
      first = new File();
      files.put(name + "-base.broot", first);
      first.add("broot 1", -1);
    }
    first.add(start.text, -1);
    for (String parameter : used(lines)) {
      first.add(declaration(parameter, values), -1);
    }
    settings(first);
    File fragment = null;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.level() != Level.FRAGMENT) {
        fragment = null;
      } else if (fragment == null) {
        fragment = new File();
        fragment.add("fragment 1", -1);
        String part = name + "-part" + files.size() + ".broot";
        files.put(part, fragment);
        own.add("include " + part, -1);
      }
      File to = line.level() == Level.BASE ? first : fragment != null ? fragment : own;
      to.add(line.toString(), i);
    }
    return files;
  }

  private String declaration(String name, Map<String, String> values) {
    String type = name.equals("s") || name.equals("t") ? "string" : "path";
    return "param "
        + name
        + ": "
        + type
        + switch (way(name)) {
          case GIVEN -> "";
          case DEFAULT -> " = " + values.get(name);
          case ENVIRONMENT -> " from env VALUE_" + name;
        };
  }

  // What other lines need; where nothing does, it would be an error.
  private void settings(File file) {
    boolean scratch = any("scratch ") || any("temp ");
    boolean run =
        any("devices ") || lines.stream().anyMatch(l -> l.text().matches("apis .* prefix .*"));
    if (scratch) {
      file.add("vardir /srv/v", -1);
    }
    if (run) {
      file.add("rundir /srv/run", -1);
    }
  }

  private boolean any(String start) {
    return lines.stream().anyMatch(line -> line.text().startsWith(start));
  }

  /** Its files as a reader sees them. */
  String print(String name, Map<String, String> values) {
    StringBuilder all = new StringBuilder();
    files(name, values)
        .forEach((file, text) -> all.append("--- ").append(file).append('\n').append(text.text()));
    return all.toString();
  }
}
