package dev.broot.translate;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bundle for a runtime of the Open Container Initiative.
 *
 * @param config what its {@code config.json} says
 * @param entries what lies beside it, by relative path; a directory comes before what is in it
 * @param shortfalls what it cannot hold
 */
public record OciBundle(JsonObject config, Map<String, Entry> entries, Shortfalls shortfalls) {
  /** Copies the entries, in order. */
  public OciBundle {
    entries = new LinkedHashMap<>(entries);
  }

  /** One of them. */
  public sealed interface Entry {}

  /** A directory. */
  public record Directory(int mode) implements Entry {}

  /** A symlink. */
  public record Link(String text) implements Entry {}

  /** A file with a text. */
  public record Text(String text, int mode) implements Entry {}

  /** A copy of a file of the host. */
  public record Copy(String source, int mode) implements Entry {}
}
