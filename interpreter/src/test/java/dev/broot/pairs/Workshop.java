package dev.broot.pairs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.cli.Called;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where specs are written, and broot is asked about them. */
final class Workshop {
  private final Path directory;

  /** Works in a directory, which is the caller's to remove. */
  Workshop(Path directory) {
    this.directory = directory;
  }

  /** Writes a side's files and gives the path of its spec. */
  String write(Side side, String name, Map<String, String> values, List<String> more)
      throws IOException {
    Map<String, Side.File> files = side.files(name, values);
    for (Map.Entry<String, Side.File> file : files.entrySet()) {
      boolean spec = file.getKey().equals(name + ".broot");
      String end = spec && !more.isEmpty() ? String.join("\n", more) + "\n" : "";
      Files.writeString(directory.resolve(file.getKey()), file.getValue().text() + end);
    }
    return directory.resolve(name + ".broot").toString();
  }

  /** Asks broot, giving the parameters of these sides their values where that is wanted. */
  static Run.Result ask(List<String> words, List<String> given, Map<String, String> values) {
    List<String> all = new ArrayList<>(words);
    for (String name : new TreeSet<>(given)) {
      all.add("--set");
      all.add(name + "=" + values.get(name));
    }
    return Called.broot(all.toArray(new String[0]));
  }

  /** A diagnostic of {@code broot check}. */
  record Complaint(String file, int line, String code, String message) {}

  /** The errors of a spec. */
  List<Complaint> errors(String path) {
    Run.Result result = Called.broot("check", "--format", "json", path);
    JsonArray all =
        JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonArray("diagnostics");
    List<Complaint> errors = new ArrayList<>();
    for (JsonElement element : all) {
      JsonObject one = element.getAsJsonObject();
      if (one.get("severity").getAsString().equals("error")) {
        errors.add(
            new Complaint(
                one.get("file").getAsString(),
                one.get("line").getAsInt(),
                one.get("code").getAsString(),
                one.get("message").getAsString()));
      }
    }
    return errors;
  }

  /** The nearest spec that compiles, or null. */
  @Nullable Side mended(Side side, Map<String, String> values) throws IOException {
    Side now = side;
    for (int round = 0; round < 12; round++) {
      List<Complaint> errors = errors(write(now, "try", values, List.of()));
      if (errors.isEmpty()) {
        return now.lines().isEmpty() ? null : now;
      }
      Map<String, Side.File> files = now.files("try", values);
      Side next = mend(now, errors, files);
      if (next == null) {
        return null;
      }
      now = next;
    }
    return null;
  }

  // One at a time where lines go: what follows may stand then.
  private static @Nullable Side mend(
      Side side, List<Complaint> errors, Map<String, Side.File> files) {
    List<Line> lines = new ArrayList<>(side.lines());
    int gone = -1;
    for (Complaint error : errors) {
      Side.File file = files.get(Path.of(error.file()).getFileName().toString());
      int at = file == null ? -1 : file.origins().get(Math.max(0, error.line() - 1));
      if (at < 0) {
        continue;
      }
      Line line = lines.get(at);
      Line better = better(line, error);
      if (better == null) {
        gone = gone < 0 ? at : gone;
      } else {
        lines.set(at, better);
      }
    }
    if (gone >= 0) {
      lines.remove(gone);
    }
    Side next = side.with(lines);
    return next.equals(side) ? null : next;
  }

  private static @Nullable Line better(Line line, Complaint error) {
    boolean danger = !line.unsafe();
    return switch (error.code()) {
      case "BR401" ->
          line.over() || List.of("dir", "symlink", "file").contains(line.verb())
              ? null
              : line.withOver(true);
      case "BR306" -> line.over() ? line.withOver(false) : null;
      case "BR501" -> danger ? line.withUnsafe(true) : null;
      case "BR503" -> danger ? null : line.withUnsafe(false);
      default -> null;
    };
  }
}
