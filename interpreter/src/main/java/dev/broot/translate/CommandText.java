package dev.broot.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line of bubblewrap, with what was said around it.
 *
 * @param arguments all words of the command
 * @param descriptors the files that it gets as descriptors, by number
 * @param assigned variables of the script that hold what is known
 * @param unknown variables of the script that do not, and why
 * @param environment variables that bubblewrap finds in its environment
 * @param directory where the command is called, or null where that is not known
 * @param noInput whether the standard input is {@code /dev/null}
 * @param limits lines of the limits that the shell sets before
 * @param refused what else the text does, and why it is not said; the line first
 */
public record CommandText(
    List<Arg> arguments,
    Map<String, Arg> descriptors,
    Map<String, Arg> assigned,
    Map<String, String> unknown,
    Map<String, Arg> environment,
    @Nullable String directory,
    boolean noInput,
    List<String> limits,
    List<String> refused) {
  /** Copies the lists. */
  public CommandText {
    arguments = List.copyOf(arguments);
    descriptors = new LinkedHashMap<>(descriptors);
    assigned = new LinkedHashMap<>(assigned);
    unknown = new LinkedHashMap<>(unknown);
    environment = new LinkedHashMap<>(environment);
    limits = List.copyOf(limits);
    refused = List.copyOf(refused);
  }

  /** A command line that is known. */
  public static CommandText of(List<String> words) {
    List<Arg> arguments = words.stream().map(Arg::of).toList();
    return new CommandText(
        arguments, Map.of(), Map.of(), Map.of(), Map.of(), null, false, List.of(), List.of());
  }

  /** A word that stands for itself. */
  public static Arg word(String text) {
    return Arg.of(text);
  }

  /** The same, with more descriptors, which go before those of the text. */
  public CommandText with(Map<String, Arg> more) {
    Map<String, Arg> all = new LinkedHashMap<>(descriptors);
    all.putAll(more);
    return new CommandText(
        arguments, all, assigned, unknown, environment, directory, noInput, limits, refused);
  }

  /** The same, called in a directory: an absolute path. */
  public CommandText in(String there) {
    String at =
        directory == null ? there : directory.startsWith("/") ? directory : there + "/" + directory;
    return new CommandText(
        arguments, descriptors, assigned, unknown, environment, at, noInput, limits, refused);
  }
}
