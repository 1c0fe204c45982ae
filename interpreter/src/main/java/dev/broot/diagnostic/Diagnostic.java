package dev.broot.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a spec, as a value.
 *
 * <p>How to write one: the message says what is wrong in one plain sentence with the words of the
 * spec in backticks, without a full stop; a related place is a note, never a second diagnostic; the
 * hint says what to type.
 *
 * @param severity whether the spec is refused
 * @param code the stable code
 * @param message one sentence
 * @param origin the place
 * @param notes related places
 * @param hint what to do, or null when the message says it already
 */
public record Diagnostic(
    Severity severity,
    Code code,
    String message,
    Origin origin,
    List<Note> notes,
    @Nullable String hint) {

  /** Copies the notes. */
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /**
   * A related place.
   *
   * @param message what is there
   * @param origin the place
   */
  public record Note(String message, Origin origin) {}
}
