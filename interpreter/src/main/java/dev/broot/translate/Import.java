package dev.broot.translate;

import dev.broot.compile.Compiled;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A spec made from a bubblewrap command line. Every argument is said in the spec or refused by
 * name.
 *
 * @param spec the spec's text; says in comments what was refused
 * @param refused what the spec does not say, and why; the argument's number first
 * @param program the program and its arguments
 */
public record Import(String spec, List<String> refused, List<String> program) {
  /** Copies the lists. */
  public Import {
    refused = List.copyOf(refused);
    program = List.copyOf(program);
  }

  /**
   * Reads a command line; runs nothing.
   *
   * @param arguments the arguments of bwrap, with or without {@code bwrap} in front
   */
  public static Import of(List<String> arguments) {
    return of(arguments, Map.of(), file -> null);
  }

  /**
   * Reads a command line; runs nothing.
   *
   * @param arguments the arguments of bwrap, with or without {@code bwrap} in front
   * @param descriptors the files that it gets as descriptors, by number
   * @param files the arguments that a file of {@code --args} holds, or null where it cannot be read
   */
  public static Import of(
      List<String> arguments,
      Map<String, String> descriptors,
      Function<String, @Nullable List<String>> files) {
    CommandLineReader reader = new CommandLineReader(arguments, descriptors, files);
    List<String> program = reader.read();
    String spec = Draft.of(reader.lines()).text();
    return new Import(spec, reader.refused(), program);
  }

  /** The lines of a spec, without what the compiler asks for. */
  static List<String> lines(List<String> arguments) {
    CommandLineReader reader = new CommandLineReader(arguments, Map.of(), file -> null);
    reader.read();
    return reader.lines();
  }

  /** Compiles a text that stands in no file. */
  public static Compiled compile(String text) {
    return Draft.compile(text);
  }
}
