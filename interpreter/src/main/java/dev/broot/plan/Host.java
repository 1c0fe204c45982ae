package dev.broot.plan;

import dev.broot.spec.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions that a plan asks of the host it is about to run on. */
public interface Host {
  /** What most callers have. */
  int USUAL_UMASK = 022;

  /** Whether the path is a directory and not a symlink to one. */
  boolean isDirectory(String path);

  /** Whether the path is a directory, not a symlink to one, with nothing in it. */
  boolean isEmptyDirectory(String path);

  /** What the symlink at a path says; null where there is none. */
  @Nullable String link(String path);

  /** Whether the path is a symlink. */
  default boolean isSymlink(String path) {
    return link(path) != null;
  }

  /** Whether something is at the path, or where it leads. */
  default boolean exists(String path) {
    return true;
  }

  /** What the path leads to, as far as there is something; the rest as it is. */
  default String real(String path) {
    return path;
  }

  /** Which bits of a mode the caller's new files do not get. */
  default int umask() {
    return USUAL_UMASK;
  }

  /** The capabilities that no program of the caller's can go beyond, a bit for each. */
  default long bounds() {
    return -1;
  }

  /** Whether the path belongs to whom this process is. */
  boolean isOwned(String path);

  /** The directory in which the host's {@code python3} keeps a module, or null without one. */
  @Nullable String pythonModule(String module);

  /**
   * The directory in which an image is unpacked, after that was done where it was not yet. From
   * then on, {@link #variable} knows it as the value of {@link Image#variable}.
   *
   * @param path where the image lies
   * @throws UnresolvedException when it cannot be unpacked, or is another one
   */
  default String image(Image image, Word path) throws UnresolvedException {
    throw new UnresolvedException("no image is unpacked on a host that is only described");
  }

  /**
   * What a shell answers that knows the functions of {@link MaskCalls}.
   *
   * @param calls lines of the shell
   * @return the words of its answers
   * @throws UnresolvedException when it says why there is no answer
   */
  default List<String> masks(List<String> calls) throws UnresolvedException {
    throw new UnresolvedException("no shell can be asked what `hide` and `protect` become");
  }

  /**
   * The devices that a shell answers with which knows the functions of {@link MatchCalls}.
   *
   * @param calls lines of the shell
   * @return of each device the number of its pattern, what it is, and where it appears
   * @throws UnresolvedException when it says why there is no answer
   */
  default List<String> nodes(List<String> calls) throws UnresolvedException {
    throw new UnresolvedException("no shell can be asked which devices match");
  }

  /**
   * Whether a directory has something of broot's own in it, or lies in that.
   *
   * @param path of something that a sandbox may write
   */
  default boolean reachesOwn(String path) {
    // A host that is only described runs nothing.
    return false;
  }

  /** The value of a variable of the caller's environment, or null. */
  @Nullable String variable(String name);
}
