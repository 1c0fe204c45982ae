package dev.broot.run;

import dev.broot.host.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The standard streams of a run: what the program gets, and who hears what it says. */
final class Streams implements AutoCloseable {
  private final List<Integer> open = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private @Nullable String stdin;
  private int output = -1;
  private int errors = -1;
  private @Nullable Fed fed;
  private boolean started;

  private Streams() {}

  /**
   * Opens the streams of a run; whoever reads has his end before there is a process.
   *
   * @param inherited whether the program reads what this process reads, where the run says nothing
   */
  static Streams of(Run run, boolean inherited) throws IOException {
    Streams streams = new Streams();
    try {
      streams.input(run, inherited);
      if (run.output == Run.Output.CAPTURED) {
        streams.output = streams.pipe(run);
        streams.errors = run.separate ? streams.pipe(run) : streams.output;
        streams.heard.get(0).telling(run.listener).into(run.stream);
      } else {
        refuseDirectory(1);
        refuseDirectory(2);
      }
      return streams;
    } catch (IOException e) {
      streams.close();
      throw e;
    }
  }

  private void input(Run run, boolean inherited) throws IOException {
    byte[] bytes = run.input;
    String file = run.inputFile;
    int descriptor;
    if (bytes != null) {
      descriptor = Kernel.memory(bytes);
    } else if (file != null) {
      InputStream from = file(file);
      int[] ends = Kernel.pipe();
      descriptor = ends[0];
      fed = new Fed(from, ends[1]);
    } else {
      stdin = inherited ? null : "/dev/null";
      if (inherited) {
        refuseDirectory(0);
      }
      return;
    }
    open.add(descriptor);
    stdin = "/proc/self/fd/" + descriptor;
  }

  private static void refuseDirectory(int descriptor) throws IOException {
    if (Files.isDirectory(Path.of("/proc/self/fd/" + descriptor))) {
      throw new IOException(
          "descriptor "
              + descriptor
              + " is a directory, by which the program would reach what no line shows");
    }
  }

  // A pipe or a socket of the host would make this thread wait, on which other runs wait, too.
  private static InputStream file(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("cannot read " + file + ": it is no plain file");
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + Failures.reason(e), e);
    }
  }

  private int pipe(Run run) throws IOException {
    int[] ends = Kernel.pipe();
    open.add(ends[1]);
    heard.add(new Heard(Programs.read(ends[0]), run.most));
    return ends[1];
  }

  /** What the process gets. */
  Standard standard() {
    return new Standard(stdin, output, errors);
  }

  /** Who hears: the output, then the errors where they are kept apart; there is a process now. */
  List<Heard> started() {
    started = true;
    Fed feeding = fed;
    if (feeding != null) {
      feeding.start();
    }
    return List.copyOf(heard);
  }

  /** Closes this process's side of what the program got, and all where none was started. */
  @Override
  public void close() {
    open.forEach(Kernel::close);
    open.clear();
    if (!started) {
      heard.forEach(Heard::close);
      Fed feeding = fed;
      if (feeding != null) {
        feeding.close();
      }
    }
  }
}
