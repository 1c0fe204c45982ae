package dev.broot.plan;

import dev.broot.ir.Param;
import dev.broot.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a plan: text in which some things are known only when the plan is run.
 *
 * @param parts in order; none means the empty argument
 */
public record Word(List<Part> parts) {

  /** A stretch of an argument. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** A parameter without a value. */
  public record Open(Param param) implements Part {}

  /** The path of a temporary directory of this run. */
  public record Temp(String name) implements Part {}

  /** The directory in which the host's {@code python3} keeps a module. */
  public record PythonModule(String module) implements Part {}

  /** The number of a descriptor that the caller passes, by its name in the language. */
  public record Passed(String name) implements Part {}

  /**
   * The number of a descriptor from which bubblewrap reads.
   *
   * @param index counted from 0 in the order of the plan
   * @param file whether it is a file of the host; else it is a text
   * @param content the path of the file, or the text
   */
  public record Input(int index, boolean file, Word content) implements Part {}

  /** Copies the parts. */
  public Word {
    parts = List.copyOf(parts);
  }

  /** An argument that is known. */
  public static Word of(String text) {
    return new Word(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  /** A value of the IR as an argument. */
  public static Word of(Value value) {
    return of(value, Word.of(""));
  }

  /** A value of the IR as an argument, with what {@code ${socket}} stands for. */
  static Word of(Value value, Word socket) {
    List<Part> parts = new ArrayList<>();
    for (Value.Part part : value.parts()) {
      if (part instanceof Value.Literal literal) {
        parts.add(new Literal(literal.text()));
      } else if (part instanceof Value.Open open) {
        parts.add(new Open(open.param()));
      } else if (part instanceof Value.Socket) {
        parts.addAll(socket.parts());
      }
    }
    return new Word(parts);
  }

  /** A temporary directory. */
  public static Word temp(String name) {
    return new Word(List.of(new Temp(name)));
  }

  /** A path in a temporary directory; empty is that directory itself. */
  public static Word temp(String name, String inner) {
    return inner.isEmpty()
        ? temp(name)
        : new Word(List.of(new Temp(name), new Literal("/" + inner)));
  }

  /** The descriptor that this argument is, or null where it is none. */
  public @Nullable Input input() {
    return parts.size() == 1 && parts.get(0) instanceof Input input ? input : null;
  }

  /** The descriptor of the caller's that this argument is, or null where it is none. */
  public @Nullable String passed() {
    return parts.size() == 1 && parts.get(0) instanceof Passed passed ? passed.name() : null;
  }

  /** The text, or null when something in it is not known. */
  public @Nullable String literal() {
    if (parts.isEmpty()) {
      return "";
    }
    return parts.size() == 1 && parts.get(0) instanceof Literal literal ? literal.text() : null;
  }

  /** The argument for people: {@code ${tree}/boot}, {@code @dev}, {@code @python3:osbuild}. */
  public String display() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text());
      } else if (part instanceof Open open) {
        text.append("${").append(open.param().name()).append('}');
      } else if (part instanceof Temp temp) {
        text.append('@').append(temp.name());
      } else if (part instanceof PythonModule module) {
        text.append("@python3:").append(module.module());
      } else if (part instanceof Passed passed) {
        text.append("@caller:").append(passed.name());
      } else if (part instanceof Input input) {
        text.append(input.file() ? "<" : "<<").append(input.content().display());
      }
    }
    return text.toString();
  }
}
