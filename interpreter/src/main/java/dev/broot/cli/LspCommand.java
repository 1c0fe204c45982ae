package dev.broot.cli;

import dev.broot.edit.Server;

/** {@code broot lsp}. */
final class LspCommand extends Command {
  LspCommand() {
    super("lsp", "Serve an editor that speaks the Language Server Protocol, on stdin and stdout.");
  }

  @Override
  void configure(Options options) {
    options.synopsis("broot lsp").footer("", "`broot docs editor` says how editors start it.");
  }

  @Override
  int run(Arguments arguments, Console console) throws InterruptedException {
    Server.serve(
        System.in,
        console.out(),
        VersionCommand.version(),
        () -> Runtime.getRuntime().halt(Status.OK));
    return Status.OK;
  }
}
