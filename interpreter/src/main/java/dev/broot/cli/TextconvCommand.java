package dev.broot.cli;

import dev.broot.bwrap.PlanText;
import dev.broot.check.FileSources;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
import dev.broot.host.Failures;
import dev.broot.host.Sha256;
import dev.broot.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code broot textconv FILE}: what git shows of a spec in place of its text. */
final class TextconvCommand extends Command {
  private static final int GIT_LOOKS_AT = 8000;

  TextconvCommand() {
    super("textconv", "Print a spec with its plan, for git diff and git log -p.");
  }

  @Override
  void configure(Options options) {
    options
        .synopsis("broot textconv FILE")
        .footer(
            "",
            "git config diff.broot.textconv 'broot textconv'",
            "echo '*.broot diff=broot' >>.gitattributes",
            "",
            "git hands over an older version as a temporary file, without the files that it includes.",
            "The reason then stands in the place of the plan.");
    options.operand(1, 1, "FILE", "A spec or a fragment.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    String path = arguments.operands().get(0);
    try {
      byte[] bytes = start(path);
      if (bytes.length > Sources.MAX_BYTES) {
        byte[] first = Arrays.copyOf(bytes, Sources.MAX_BYTES);
        console.print("# Too long for a spec; " + sum("the first " + first.length, first));
        return Status.OK;
      } else if (isBinary(bytes)) {
        console.print("# Binary, no text; " + sum("" + bytes.length, bytes));
        return Status.OK;
      }
      console.print(shown(Bytes.decode(bytes)));
    } catch (IOException e) {
      console.fail("cannot read " + path + ": " + Failures.why(e));
      return Status.FAILED;
    }
    Compiled result = Gate.compile(SpecCompiler.Request.of(path), new FileSources());
    Plan plan = result.comparable();
    console.print(
        plan != null
            ? "\n# The plan:\n" + PlanText.print(plan)
            : "\n# No plan: " + Visible.line(result.diagnostics().get(0).message()) + "\n");
    return Status.OK;
  }

  // A device has no end.
  private static byte[] start(String path) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return in.readNBytes(Sources.MAX_BYTES + 1);
    }
  }

  // As git decides it.
  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, GIT_LOOKS_AT); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  // Two versions whose bytes differ are shown as different.
  private static String sum(String length, byte[] bytes) {
    return "SHA-256 of " + length + " bytes: " + Sha256.hex(bytes) + "\n";
  }

  // As Visible.lines, but a tab stays: git compares what it is given.
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              shown.append(c == '\t' || c == '\n' ? one : Visible.line(one));
            });
    return shown.toString();
  }
}
