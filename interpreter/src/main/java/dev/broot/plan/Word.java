package dev.broot.plan;

import dev.broot.diagnostic.Visible;
import dev.broot.spec.Param;
import dev.broot.spec.Setting;
import dev.broot.spec.Value;
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
  public record Literal(String text) implements Part {
    // Written out, as that of a word: the first `equals` that Java makes for a record costs a
    // compilation 15 ms (docs/performance.md).
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Literal literal && text.equals(literal.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** A parameter without a value. */
  public record Open(Param param) implements Part {}

  /** The path of a temporary directory of this run. */
  public record Temp(String name) implements Part {}

  /** The directory in which the host's {@code python3} keeps a module. */
  public record PythonModule(String module) implements Part {}

  /** The number of a descriptor that the caller passes. */
  public record Passed(Setting.Kind kind) implements Part {}

  /** The compiled filter of the sandbox's system calls. */
  public record Filter() implements Part {}

  /**
   * The number of a descriptor from which bubblewrap reads.
   *
   * @param index counted from 0 in the order of the plan
   */
  public record Descriptor(int index, Input input) implements Part {}

  /** Copies the parts. */
  public Word {
    parts = List.copyOf(parts);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Word word && parts.equals(word.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
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

  /** The directory in which the host's {@code python3} keeps a module. */
  public static Word pythonModule(String module) {
    return new Word(List.of(new PythonModule(module)));
  }

  /** The number of a descriptor that the caller passes. */
  public static Word passed(Setting.Kind kind) {
    return new Word(List.of(new Passed(kind)));
  }

  /** The number of a descriptor from which bubblewrap reads. */
  public static Word descriptor(int index, Input input) {
    return new Word(List.of(new Descriptor(index, input)));
  }

  /** This argument with more behind it. */
  public Word plus(String text) {
    List<Part> all = new ArrayList<>(parts);
    all.add(new Literal(text));
    return new Word(all);
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
        text.append("@caller:").append(passed.kind().word());
      } else if (part instanceof Filter) {
        text.append("@syscalls");
      } else if (part instanceof Descriptor descriptor) {
        Input input = descriptor.input();
        text.append(input.file() ? "<" : "<<").append(input.content().display());
      }
    }
    return text.toString();
  }

  /**
   * The argument for people, quoted as a shell would want it; {@code ${tree}} and {@code @dev}
   * stand as they are, and a text that looks like one is quoted.
   */
  public String shown() {
    if (parts.size() == 1 && parts.get(0) instanceof Descriptor descriptor) {
      Input input = descriptor.input();
      return (input.file() ? "<" : "<<") + input.content().shown();
    }
    return shown(display());
  }

  String shown(String text) {
    StringBuilder plain = new StringBuilder();
    for (Part part : parts) {
      plain.append(part instanceof Literal literal ? literal.text() : "");
    }
    boolean symbolic = literal() == null;
    boolean plainRest = plain.isEmpty() || ShellWords.quote(plain.toString()).contentEquals(plain);
    if (symbolic && plainRest) {
      return text;
    }
    if (symbolic) {
      return "\""
          + Visible.line(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          + "\"";
    }
    String shown = ShellWords.display(text);
    return shown.startsWith("@") ? "'" + shown + "'" : shown;
  }
}
