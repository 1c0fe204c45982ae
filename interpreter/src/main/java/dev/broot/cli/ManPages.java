package dev.broot.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manual pages of the packages, in man's own language: from the options that the help texts are
 * made of.
 */
final class ManPages {
  private ManPages() {}

  /**
   * Writes a page for broot and one for each command.
   *
   * @param args the directory
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> page : pages(Main.all()).entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
    }
  }

  /** The pages by the names of their files. */
  static Map<String, String> pages(List<Command> commands) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("broot.1", overview(commands));
    for (Command command : commands) {
      pages.put("broot-" + command.name() + ".1", page(command));
    }
    return pages;
  }

  private static String overview(List<Command> commands) {
    StringBuilder out = head("broot", "run a program in a sandbox that a .broot file declares");
    out.append(".SH SYNOPSIS\n\\fBbroot\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] ...\n");
    out.append(".SH DESCRIPTION\n");
    line(
        out,
        "A spec, a file that ends in .broot, says what a program may see and do. broot compiles it"
            + " and runs the program with bubblewrap. `broot docs` prints the language, `broot"
            + " explain CODE` the meaning of an error and its cure.");
    out.append(".SH COMMANDS\n");
    for (Command command : commands) {
      out.append(".TP\n\\fB").append(plain(command.name())).append("\\fR\n");
      line(out, command.summary());
    }
    out.append(".SH \"EXIT STATUS\"\n");
    line(
        out,
        "`exec` and `shell` end with the status of the program, 124 after a timeout, 125 where"
            + " broot failed, 126 and 127 where the program could not be started or found, and"
            + " 128 and a signal's number where the signal ended the program. `broot docs running`"
            + " has them all.");
    out.append(".SH ENVIRONMENT\n");
    entry(out, "BROOT_CACHE", "With the value `off`, compiled scripts are neither kept nor used.");
    entry(
        out,
        "XDG_CACHE_HOME",
        "Compiled scripts are kept in its directory broot; the default is ~/.cache.");
    out.append(".SH EXAMPLES\n.nf\n");
    line(out, "$ printf 'broot 1\\nbase host\\n' >hello.broot");
    line(out, "$ broot exec hello.broot -- echo hello");
    line(out, "hello");
    out.append(".fi\n");
    seeAlso(out, commands.stream().map(command -> "broot-" + command.name() + "(1)").toList());
    return out.toString();
  }

  private static String page(Command command) {
    Options options = new Options();
    command.configure(options);
    String name = "broot-" + command.name();
    StringBuilder out = head(name, summary(command));
    out.append(".SH SYNOPSIS\n");
    List<String> forms =
        options.synopsis().isEmpty()
            ? List.of(synopsis(command, options))
            : options.synopsis().lines().map(String::strip).toList();
    for (String form : forms) {
      line(out, form);
      out.append(".br\n");
    }
    out.append(".SH DESCRIPTION\n");
    line(out, command.summary());
    Options.Operands operands = options.operands();
    if (operands != null) {
      entry(out, operands.label(), operands.description());
    }
    out.append(".SH OPTIONS\n");
    List<Options.Option> listed = new ArrayList<>(options.options());
    listed.add(new Options.Option(Options.Kind.FLAG, "--help", "", "Show a short help."));
    listed.removeIf(option -> option.description().isEmpty());
    listed.sort(Comparator.comparing(option -> option.name().replaceFirst("^-+", "")));
    for (Options.Option option : listed) {
      out.append(".TP\n\\fB").append(plain(option.name())).append("\\fR");
      if (!option.label().isEmpty()) {
        out.append(option.name().startsWith("--") ? "=" : " ");
        out.append("\\fI").append(plain(option.label())).append("\\fR");
      }
      out.append('\n');
      String often = option.kind() == Options.Kind.VALUES ? " May be given more than once." : "";
      line(out, option.description() + often);
    }
    notes(out, options.footer());
    seeAlso(out, List.of("broot(1)"));
    return out.toString();
  }

  private static void notes(StringBuilder out, List<String> footer) {
    if (footer.stream().allMatch(String::isBlank)) {
      return;
    }
    // The lines are laid out for the help.
    out.append(".SH NOTES\n.nf\n");
    footer.stream().dropWhile(String::isBlank).forEach(note -> line(out, note));
    out.append(".fi\n");
  }

  private static String synopsis(Command command, Options options) {
    Options.Operands operands = options.operands();
    String form = "broot " + command.name() + " [OPTIONS]";
    if (operands == null) {
      return form;
    }
    String label = operands.label() + (operands.most() > 1 ? "..." : "");
    return form + " " + (operands.least() == 0 ? "[" + label + "]" : label);
  }

  private static String summary(Command command) {
    String text = command.summary();
    return Character.toLowerCase(text.charAt(0)) + text.substring(1, text.length() - 1);
  }

  // The date of a page is that of nothing, so that the same sources give the same page.
  private static StringBuilder head(String name, String summary) {
    StringBuilder out = new StringBuilder(".TH ");
    out.append(name.toUpperCase(java.util.Locale.ROOT).replace("-", "\\-"));
    out.append(" 1 \"\" \"broot ").append(VersionCommand.version()).append("\" \"broot\"\n");
    out.append(".SH NAME\n").append(plain(name)).append(" \\- ").append(plain(summary));
    return out.append('\n');
  }

  private static void entry(StringBuilder out, String term, String text) {
    out.append(".TP\n\\fB").append(plain(term)).append("\\fR\n");
    line(out, text);
  }

  private static void seeAlso(StringBuilder out, List<String> pages) {
    out.append(".SH \"SEE ALSO\"\n");
    List<String> all = new ArrayList<>(pages);
    all.add("bwrap(1)");
    line(out, String.join(", ", all));
  }

  private static void line(StringBuilder out, String text) {
    String plain = plain(text);
    out.append(plain.startsWith(".") || plain.startsWith("'") ? "\\&" : "").append(plain);
    out.append('\n');
  }

  private static String plain(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("`", "\\`")
        .replace("'", "\\(aq")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha")
        .replace("\n", " ");
  }
}
