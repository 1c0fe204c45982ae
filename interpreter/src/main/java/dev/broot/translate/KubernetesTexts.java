package dev.broot.translate;

import dev.broot.plan.Input;
import dev.broot.plan.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that travel with a Job, in a ConfigMap. */
final class KubernetesTexts {
  // The API server takes 1 MiB, names and all.
  private static final int MOST = 1_000_000;

  private final KubernetesRequest.Reader reader;
  private final Shortfalls shortfalls;
  private final List<byte[]> all = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private int size;

  KubernetesTexts(KubernetesRequest.Reader reader, Shortfalls shortfalls) {
    this.reader = reader;
    this.shortfalls = shortfalls;
  }

  /** Its number, or one below 0 where it was refused. */
  int add(Operation.Data data) {
    Input input = data.content();
    int there = inputs.indexOf(input);
    if (there >= 0) {
      return there;
    }
    byte[] bytes;
    try {
      bytes = reader.read(input);
    } catch (IOException e) {
      shortfalls.refuse(data.provenance(), "it cannot be read: " + e.getMessage());
      return -1;
    }
    size += bytes.length;
    if (size > MOST) {
      shortfalls.refuse(
          data.provenance(), "what travels with a Job may not be larger than a megabyte");
      return -1;
    }
    inputs.add(input);
    all.add(bytes);
    return all.size() - 1;
  }

  /** Their contents, by number. */
  List<byte[]> all() {
    return all;
  }

  /** A content as a text, or null where it is none. */
  static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
