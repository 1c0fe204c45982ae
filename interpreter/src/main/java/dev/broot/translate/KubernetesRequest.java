package dev.broot.translate;

import dev.broot.plan.Input;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for beside the spec.
 *
 * @param program the program's arguments, with the program where the plan has no entry
 * @param image or null for one that has nothing
 * @param deadline in seconds, or null
 * @param grace in seconds, or null
 */
public record KubernetesRequest(
    List<String> program, @Nullable String image, @Nullable Long deadline, @Nullable Long grace) {
  /** Copies the list. */
  public KubernetesRequest {
    program = List.copyOf(program);
  }

  /** Reads what travels with a Job. */
  public interface Reader {
    /** Its bytes. */
    byte[] read(Input input) throws IOException;
  }
}
