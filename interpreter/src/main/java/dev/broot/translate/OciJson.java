package dev.broot.translate;

import com.google.gson.JsonArray;
import java.util.Collection;

/** What the parts of a bundle's configuration are written with. */
final class OciJson {
  private OciJson() {}

  /** Texts, in order. */
  static JsonArray strings(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
