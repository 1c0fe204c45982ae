package dev.broot.translate;

import dev.broot.compile.Compiled;
import dev.broot.plan.ShellWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A spec made from a bubblewrap command line. Every argument is said in the spec or refused by
 * name.
 *
 * @param spec the spec's text; says in comments what was refused
 * @param refused what the spec does not say, and why; the argument's number first
 * @param lost what the program finds open where bubblewrap is called alone, and not here
 * @param program the program and its arguments
 * @param typed the same as a shell reads them, with the variables of a script
 */
public record Import(
    String spec,
    List<String> refused,
    List<String> lost,
    List<String> program,
    List<String> typed) {
  /** Copies the lists. */
  public Import {
    refused = List.copyOf(refused);
    lost = List.copyOf(lost);
    program = List.copyOf(program);
    typed = List.copyOf(typed);
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
    Map<String, Arg> inputs = new LinkedHashMap<>();
    descriptors.forEach((number, file) -> inputs.put(number, Arg.of(file)));
    return of(CommandText.of(arguments).with(inputs), Set.of(), files);
  }

  /**
   * Reads a command; runs nothing.
   *
   * @param names what is taken for bubblewrap beside what is called so
   * @param files the arguments that a file of {@code --args} holds, or null where it cannot be read
   */
  public static Import of(
      CommandText command, Set<String> names, Function<String, @Nullable List<String>> files) {
    CommandLineReader reader = new CommandLineReader(command, new Launch(names), files);
    List<Arg> program = reader.read();
    String spec = Draft.of(reader.lines()).text();
    return new Import(
        spec,
        reader.refused(),
        reader.lost(),
        program.stream().map(Import::word).toList(),
        program.stream().map(Import::typed).toList());
  }

  private static String typed(Arg word) {
    String literal = word.literal();
    return literal == null ? word.shown() : ShellWords.display(literal);
  }

  private static String word(Arg word) {
    String literal = word.literal();
    return literal == null ? word.shown() : literal;
  }

  /** Compiles a text that stands in no file. */
  public static Compiled compile(String text) {
    return Draft.compile(text);
  }
}
