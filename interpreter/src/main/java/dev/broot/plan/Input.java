package dev.broot.plan;

import java.util.List;

/**
 * What bubblewrap reads from a descriptor that broot opens.
 *
 * @param file whether it is a file of the host; else it is a text
 * @param content the path of the file, or the text
 */
public record Input(boolean file, Word content) {
  /** The filter of a sandbox's system calls, which is compiled for the machine that runs it. */
  public static final Input FILTER = new Input(false, new Word(List.of(new Word.Filter())));

  /** Whether it is the filter of system calls. */
  public boolean isFilter() {
    return content.parts().stream().anyMatch(Word.Filter.class::isInstance);
  }
}
