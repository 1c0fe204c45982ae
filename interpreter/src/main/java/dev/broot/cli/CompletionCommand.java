package dev.broot.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code broot completion SHELL}: from the options that the help texts are made of. */
final class CompletionCommand extends Command {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  // What may stand behind an option that takes one of a few words is said in its description only.
  private static final Map<String, List<String>> WORDS =
      Map.of("completion", SHELLS, "docs", dev.broot.shipped.Pages.NAMES);

  private final Supplier<List<Command>> commands;

  CompletionCommand(Supplier<List<Command>> commands) {
    super("completion", "Print the script that completes broot's command lines in a shell.");
    this.commands = commands;
  }

  @Override
  void configure(Options options) {
    options.operand(1, 1, "SHELL", "bash, zsh or fish.");
    options.footer(
        "",
        "bash:  broot completion bash >~/.local/share/bash-completion/completions/broot",
        "zsh:   broot completion zsh >~/.broot.zsh, and `source ~/.broot.zsh` in ~/.zshrc",
        "fish:  broot completion fish >~/.config/fish/completions/broot.fish");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String shell = arguments.operands().get(0);
    if (!SHELLS.contains(shell)) {
      throw new UsageError("`" + shell + "` is none of bash, zsh and fish");
    }
    // picocli's script is for both: in zsh, it starts bash's completion.
    console.print(shell.equals("fish") ? fish() : bash());
    return Status.OK;
  }

  private String bash() {
    CommandLine broot = new CommandLine(CommandSpec.create().name("broot"));
    for (Command command : commands.get()) {
      Options options = new Options();
      command.configure(options);
      broot.addSubcommand(
          command.name(), new Picocli(command.name(), command.summary(), options).line());
    }
    return AutoComplete.bash("broot", broot);
  }

  private String fish() {
    StringBuilder out = new StringBuilder("# Completes broot's command lines in fish.\n");
    for (Command command : commands.get()) {
      String seen = "complete -c broot -n '__fish_seen_subcommand_from " + command.name() + "'";
      out.append("complete -c broot -f -n __fish_use_subcommand -a ")
          .append(command.name())
          .append(" -d ")
          .append(quoted(command.summary()))
          .append('\n');
      Options options = new Options();
      command.configure(options);
      for (Options.Option option : options.options()) {
        String name = option.name();
        if (!option.description().isEmpty()) {
          out.append(seen)
              .append(
                  name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
              .append(option.kind() == Options.Kind.FLAG ? "" : " -r")
              .append(" -d ")
              .append(quoted(option.description()))
              .append('\n');
        }
      }
      for (String word : WORDS.getOrDefault(command.name(), List.of())) {
        out.append(seen).append(" -f -a ").append(word).append('\n');
      }
    }
    return out.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
