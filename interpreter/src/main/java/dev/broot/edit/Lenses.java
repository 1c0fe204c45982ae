package dev.broot.edit;

import com.google.gson.JsonPrimitive;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Gate;
import dev.broot.permission.Difference;
import dev.broot.permission.DifferenceText;
import dev.broot.plan.Plan;
import dev.broot.syntax.SpecParser;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.CancelChecker;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of an open spec against the last commit, above its first line. It is looked for when
 * the editor asks, beside the thread that answers all else, since git may take its time.
 */
final class Lenses {
  /** The command that shows all that differs; its argument is a document. */
  static final String DIFF = "broot.diff";

  private static final String HEAD = "HEAD";
  private static final int MOST_LINES = 40;

  private final Desk desk;
  private final Supplier<Sources> head;
  private final Beside beside = new Beside("broot lens");

  /**
   * Compares open texts with their versions at HEAD.
   *
   * @param head gives what reads these, for one comparison
   */
  Lenses(Desk desk, Supplier<Sources> head) {
    this.desk = desk;
    this.head = head;
  }

  /** The lens of a text; none where there is nothing to compare. */
  CompletableFuture<List<? extends CodeLens>> of(String uri) {
    return beside.answer(
        List.of(),
        cancel -> {
          Difference difference = difference(uri, cancel);
          if (difference == null) {
            return List.of();
          }
          Position top = new Position(0, 0);
          Command command =
              new Command(DifferenceText.headline(difference, HEAD), DIFF, List.of(uri));
          return List.of(new CodeLens(new Range(top, top), command, null));
        });
  }

  /** Does what an editor asks for by name: shows what differs, and answers with that text. */
  CompletableFuture<Object> execute(String command, @Nullable List<Object> arguments) {
    String uri =
        arguments != null
                && arguments.size() == 1
                && arguments.get(0) instanceof JsonPrimitive first
                && first.isString()
            ? first.getAsString()
            : null;
    if (!DIFF.equals(command) || uri == null) {
      ResponseError wrong =
          new ResponseError(
              ResponseErrorCode.InvalidParams, "the command is " + DIFF + " URI", null);
      return CompletableFuture.failedFuture(new ResponseErrorException(wrong));
    }
    return beside.answer(
        "",
        cancel -> {
          Difference difference = difference(uri, cancel);
          String text =
              difference == null
                  ? "There is nothing to compare: the text does not compile, or HEAD has no version"
                      + " of it.\n"
                  : DifferenceText.print(difference);
          cancel.checkCanceled();
          desk.show(start(text));
          return text;
        });
  }

  private static String start(String text) {
    List<String> lines = text.lines().toList();
    Stream<String> rest =
        lines.size() > MOST_LINES
            ? Stream.of(
                "… and " + (lines.size() - MOST_LINES) + " more; run `broot diff --git HEAD FILE`")
            : Stream.of();
    return String.join("\n", Stream.concat(lines.stream().limit(MOST_LINES), rest).toList());
  }

  private @Nullable Difference difference(String uri, CancelChecker cancel) {
    cancel.checkCanceled();
    Analysis analysis = desk.fresh(uri);
    String path = Buffers.path(uri);
    Plan now = analysis == null || analysis.isFragment() ? null : analysis.plan();
    if (now == null || !path.startsWith("/")) {
      return null;
    }
    cancel.checkCanceled();
    Past past = new Past(head.get());
    try {
      byte[] text = past.read(path).bytes();
      if (SpecParser.isFragment(new String(text, StandardCharsets.UTF_8))) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    cancel.checkCanceled();
    Plan before = Gate.compile(SpecCompiler.Request.of(path), past).comparable();
    cancel.checkCanceled();
    if (past.failed) {
      return null;
    }
    return before == null
        ? Difference.unknown("the version there does not compile")
        : Difference.here(before, now);
  }

  /** Knows whether the last commit could be read: what it does not have is no failure. */
  private static final class Past implements Sources {
    private final Sources head;
    private boolean failed;

    Past(Sources head) {
      this.head = head;
    }

    @Override
    public Bytes read(String path) throws IOException {
      return bring(path, path);
    }

    @Override
    public Bytes bring(String path, String asked) throws IOException {
      try {
        return head.bring(path, asked);
      } catch (FileNotFoundException | ElsewhereException e) {
        throw e;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
