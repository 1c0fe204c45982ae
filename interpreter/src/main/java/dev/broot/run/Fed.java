package dev.broot.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What a program reads from a pipe, written by a thread of its own. */
final class Fed {
  private final InputStream from;
  private final int pipe;

  /**
   * Nothing is written yet.
   *
   * @param from closed at the end
   * @param pipe the end to write to; closed at the end
   */
  Fed(InputStream from, int pipe) {
    this.from = from;
    this.pipe = pipe;
  }

  /** Starts to write; ends with what there is to read, or with the last one who would read. */
  void start() {
    Heard.daemon("broot-input", this::write);
  }

  private void write() {
    try (OutputStream to = new FileOutputStream("/proc/self/fd/" + pipe)) {
      Kernel.close(pipe);
      from.transferTo(to);
    } catch (IOException e) {
      // Nobody reads any more.
    } finally {
      Programs.close(from);
    }
  }

  /** Where nothing is started that would read. */
  void close() {
    Kernel.close(pipe);
    Programs.close(from);
  }
}
