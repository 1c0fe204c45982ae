package dev.broot.edit;

import dev.broot.check.Bases;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Limit;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.SyscallNames;
import dev.broot.syntax.Lexeme;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What could stand at a place. */
final class Offers {
  private static final int MOST = 500;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9_-]*)$");
  private static final Pattern WORD = Pattern.compile("(\\S*)$");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final Map<String, List<String>> BEHIND =
      Map.ofEntries(
          Map.entry("bind", List.of("ro", "rw", "dev")),
          Map.entry("bind-data", List.of("ro", "rw")),
          Map.entry("cap", List.of("add", "drop")),
          Map.entry("cap add", Capabilities.names()),
          Map.entry("cap drop", Capabilities.names()),
          Map.entry("drop cap", Capabilities.names()),
          Map.entry("drop", List.of("env", "cap", "api", "net", "syscalls")),
          Map.entry("unshare", Namespace.words()),
          Map.entry("share", Namespace.words()),
          Map.entry("limit", Limit.Kind.words()),
          Map.entry("map", List.of("users", "groups")),
          Map.entry("map users", List.of("auto")),
          Map.entry("map groups", List.of("auto")),
          Map.entry("syscalls", List.of("default", "deny", "kill", "log")),
          Map.entry("syscalls deny", calls()),
          Map.entry("syscalls kill", calls()),
          Map.entry("syscalls log", calls()),
          Map.entry("drop syscalls", calls()),
          Map.entry("stdin", List.of("null", "inherit")),
          Map.entry("env", List.of("pass", "unset", "inherit")),
          Map.entry("expect", List.of("allow", "deny")),
          Map.entry("expect allow", List.of("read", "write", "network", "connect", "syscall")),
          Map.entry("expect deny", List.of("read", "write", "network", "connect", "syscall")),
          Map.entry("require", Spec.REFERABLE),
          Map.entry(
              "descriptor",
              Arrays.stream(Setting.Kind.values())
                  .filter(Setting.Kind::isDescriptor)
                  .map(Setting.Kind::word)
                  .toList()));

  private static List<String> calls() {
    return Stream.of(SyscallNames.groups(), SyscallNames.withArguments(), SyscallNames.calls())
        .flatMap(Set::stream)
        .toList();
  }

  private final Analysis analysis;

  Offers(Analysis analysis) {
    this.analysis = analysis;
  }

  List<CompletionItem> at(Position position) {
    String before = analysis.places().before(position);
    Matcher reference = REFERENCE.matcher(before);
    if (reference.find()) {
      return items(names(), CompletionItemKind.Variable, reference.group(1), position, "}");
    }
    if (before.stripLeading().startsWith("#")) {
      return List.of();
    }
    Matcher last = WORD.matcher(before);
    String word = last.find() ? last.group(1) : "";
    List<String> words =
        new ArrayList<>(
            Arrays.asList(
                BLANKS.split(before.substring(0, before.length() - word.length()).strip(), -1)));
    words.removeIf(String::isEmpty);
    boolean unsafe = !words.isEmpty() && words.get(0).equals("unsafe");
    if (unsafe) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      return items(verbs(unsafe), CompletionItemKind.Keyword, word, position, "");
    } else if (word.startsWith("/") || word.startsWith("\"/")) {
      return paths(word, position);
    }
    String behind = String.join(" ", words);
    return switch (behind) {
      case "base" -> files(Bases.names(), false, word, position);
      case "include" -> files(Bases.fragments(), true, word, position);
      default ->
          items(
              words.get(0).equals("param") && words.size() == 2
                  ? List.of("path", "string")
                  : BEHIND.getOrDefault(behind, words.size() > 2 ? ends(words) : List.of()),
              CompletionItemKind.Keyword,
              word,
              position,
              "");
    };
  }

  private List<String> verbs(boolean unsafe) {
    List<String> verbs = new ArrayList<>(Lexeme.verbs());
    boolean header =
        analysis.lexemes().stream()
            .anyMatch(one -> one.text().equals("broot") || one.text().equals("fragment"));
    if (!header) {
      return List.of("broot 1", "fragment 1");
    } else if (unsafe) {
      verbs.remove("unsafe");
    }
    return verbs;
  }

  // What may end a line, where its verb has all that it needs.
  private static List<String> ends(List<String> words) {
    String verb = words.get(0);
    boolean placed = words.contains("->") && !words.get(words.size() - 1).equals("->");
    return switch (verb) {
      case "bind" ->
          placed ? List.of("optional", "if directory", "if owned", "over", "because") : List.of();
      case "bind-data", "file", "overlay", "symlink", "module" ->
          placed ? List.of("over", "because") : List.of();
      default -> List.of("because");
    };
  }

  private Collection<String> names() {
    TreeSet<String> names = new TreeSet<>(Spec.REFERABLE);
    for (SpecSyntax syntax : analysis.files().values()) {
      for (Statement statement : syntax.statements()) {
        if (statement.body() instanceof Statement.Param param) {
          names.add(param.name().text());
        }
      }
    }
    return names;
  }

  private List<CompletionItem> files(
      List<String> shipped, boolean fragments, String word, Position position) {
    List<String> names = new ArrayList<>(shipped);
    String path = analysis.file().name();
    int slash = path.lastIndexOf('/');
    if (path.startsWith("/") && !word.contains("/")) {
      for (String name : list(path.substring(0, slash + 1))) {
        if (name.endsWith(".broot")
            && !name.equals(path.substring(slash + 1))
            && isFragment(path.substring(0, slash + 1) + name) == fragments) {
          names.add(name);
        }
      }
    }
    return items(names, CompletionItemKind.File, word, position, "");
  }

  private static boolean isFragment(String path) {
    try (java.io.InputStream in = Files.newInputStream(Path.of(path))) {
      String start = new String(in.readNBytes(4096), java.nio.charset.StandardCharsets.ISO_8859_1);
      return dev.broot.syntax.SpecParser.isFragment(start);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<CompletionItem> paths(String word, Position position) {
    String quote = word.startsWith("\"") ? "\"" : "";
    String path = word.substring(quote.length());
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    List<String> found = new ArrayList<>();
    for (String name : list(directory)) {
      // What would need quotes is not offered.
      if (name.matches("[^\\p{Cntrl}\\s\"#$\\\\]+")) {
        found.add(quote + directory + name);
      }
    }
    return items(found, CompletionItemKind.File, word, position, "");
  }

  private static List<String> list(String directory) {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(directory))) {
      for (Path one : stream) {
        names.add(String.valueOf(one.getFileName()));
        if (names.size() >= MOST) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return List.of();
    }
    return List.copyOf(names);
  }

  private static List<CompletionItem> items(
      Collection<String> labels,
      CompletionItemKind kind,
      String typed,
      Position position,
      String end) {
    Position start = new Position(position.getLine(), position.getCharacter() - typed.length());
    List<CompletionItem> items = new ArrayList<>();
    for (String label : labels) {
      if (label.startsWith(typed)) {
        CompletionItem item = new CompletionItem(label);
        item.setKind(kind);
        item.setTextEdit(Either.forLeft(new TextEdit(new Range(start, position), label + end)));
        items.add(item);
      }
    }
    return items;
  }
}
