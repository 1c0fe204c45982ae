package dev.broot.cli;

import dev.broot.diagnostic.Similar;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
import dev.broot.host.Failures;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The command line of broot. */
public final class Main {
  private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("exec", ExecCommand::exec);
    COMMANDS.put("shell", ExecCommand::shell);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("plan", PlanCommand::new);
    COMMANDS.put("compile", CompileCommand::new);
    COMMANDS.put("fmt", FmtCommand::new);
    COMMANDS.put("lsp", LspCommand::new);
    COMMANDS.put("golden", GoldenCommand::new);
    COMMANDS.put("diff", DiffCommand::new);
    COMMANDS.put("review", ReviewCommand::new);
    COMMANDS.put("report", ReportCommand::new);
    COMMANDS.put("why", WhyCommand::new);
    COMMANDS.put("tree", TreeCommand::new);
    COMMANDS.put("import", ImportCommand::new);
    COMMANDS.put("export", ExportCommand::new);
    COMMANDS.put("textconv", TextconvCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
    COMMANDS.put("gc", GcCommand::new);
    COMMANDS.put("bases", BasesCommand::new);
    COMMANDS.put("docs", DocsCommand::new);
    COMMANDS.put("explain", ExplainCommand::new);
    COMMANDS.put("completion", () -> new CompletionCommand(Main::all));
    COMMANDS.put("version", VersionCommand::new);
  }

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    Console console =
        new Console(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.getenv(),
            "1".equals(System.getProperty("broot.terminal")));
    int status = run(exactArguments(args), console);
    // System.exit looks for a logger first (JDK 21 and newer), which costs 10 ms. The streams have
    // no
    // buffers, and nothing waits for the end.
    if (status != Status.OK) {
      Runtime.getRuntime().halt(status);
    }
  }

  // The JVM decodes arguments by the locale and loses what it cannot decode; the kernel has them.
  private static List<String> exactArguments(String[] args) {
    try {
      String all = Bytes.decode(Files.readAllBytes(Path.of("/proc/self/cmdline")));
      List<String> words = new ArrayList<>(List.of(all.split("\0", -1)));
      words.remove(words.size() - 1);
      return List.copyOf(words.subList(words.size() - args.length, words.size()));
    } catch (IOException e) {
      return List.of(args);
    }
  }

  /** Runs one command. */
  static int run(List<String> args, Console console) {
    String name = args.isEmpty() ? "--help" : args.get(0);
    if (name.equals("--help") || name.equals("-h") || name.equals("help")) {
      console.print(overview());
      return args.isEmpty() ? Status.USAGE : Status.OK;
    }
    Supplier<Command> supplier = COMMANDS.get(name.equals("--version") ? "version" : name);
    if (supplier == null) {
      String similar = Similar.didYouMean(name, COMMANDS.keySet());
      console.fail(
          "`"
              + name
              + "` is not a command; "
              + (similar != null ? similar : "`broot --help` lists the commands"));
      return Status.USAGE;
    }
    Command command = supplier.get();
    Options options = new Options();
    command.configure(options);
    List<String> rest = args.subList(1, args.size());
    try {
      Arguments parsed = Arguments.read(options, rest);
      if (parsed == null) {
        Picocli picocli = new Picocli(command.name(), command.summary(), options);
        parsed = picocli.read(rest);
        if (parsed == null) {
          console.print(picocli.help());
          return Status.OK;
        }
      }
      return command.run(parsed, console);
    } catch (UsageError e) {
      console.fail(String.valueOf(e.getMessage()) + "; see `broot " + name + " --help`");
      return Status.USAGE;
    } catch (IOException e) {
      return failed(e, console);
    } catch (UncheckedIOException e) {
      return failed(Objects.requireNonNull(e.getCause()), console);
    } catch (OutOfMemoryError e) {
      console.fail("a limit is too low (ulimit -u or -v, or of a cgroup): " + e.getMessage());
      return Status.FAILED;
    } catch (Exception | LinkageError | StackOverflowError e) {
      return bug(e, console);
    }
  }

  // Who reads what we print has seen enough, as `head` has: other programs end without a word, too.
  private static int failed(IOException e, Console console) {
    if ("Broken pipe".equals(e.getMessage())) {
      return Status.UNREAD;
    }
    console.fail(Failures.reason(e));
    return Status.FAILED;
  }

  /** The names of the commands, as the overview lists them. */
  static List<String> commands() {
    return List.copyOf(COMMANDS.keySet());
  }

  /** The commands, as the overview lists them. */
  static List<Command> all() {
    return COMMANDS.values().stream().map(Supplier::get).toList();
  }

  private static int bug(Throwable e, Console console) {
    console.fail(
        "this is a bug of broot "
            + VersionCommand.version()
            + ". Please report it with the spec and the lines below to whoever gave you broot.");
    ByteArrayOutputStream trace = new ByteArrayOutputStream();
    e.printStackTrace(new PrintStream(trace, true, StandardCharsets.UTF_8));
    console.printError(Visible.lines(trace.toString(StandardCharsets.UTF_8)));
    return Status.FAILED;
  }

  private static String overview() {
    StringBuilder text = new StringBuilder();
    text.append("broot runs a program in a sandbox that a .broot file declares.\n\n");
    text.append("  broot COMMAND [OPTIONS] ...\n\n");
    COMMANDS.forEach(
        (name, command) ->
            text.append(String.format("  %-10s  %s%n", name, command.get().summary())));
    text.append("\n`broot COMMAND --help` describes a command.\n");
    return text.toString();
  }
}
