package dev.broot.cli;

import dev.broot.edit.Server;
import java.time.Duration;

/** {@code broot lsp}. */
final class LspCommand extends Command {
  private static final Duration LENS = Duration.ofSeconds(5);

  LspCommand() {
    super("lsp", "Serve an editor that speaks the Language Server Protocol, on stdin and stdout.");
  }

  @Override
  void configure(Options options) {
    options.synopsis("broot lsp").footer("", "`broot docs editor` says how editors start it.");
  }

  @Override
  int run(Arguments arguments, Console console) throws InterruptedException {
    // A git that hangs does not outlive us.
    Runtime.getRuntime().addShutdownHook(new Thread(LspCommand::endChildren));
    Server.serve(
        System.in,
        console.out(),
        VersionCommand.version(),
        () -> GitSources.head(LENS),
        () -> {
          endChildren();
          Runtime.getRuntime().halt(Status.OK);
        });
    return Status.OK;
  }

  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
