package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Spec;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Descriptors of the caller's that the program gets: {@code descriptor inherit NAME}. */
final class InheritedDescriptors {
  private static final String INHERIT = "inherit";

  private final Diagnostics diagnostics;

  InheritedDescriptors(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  List<Spec.Inherited> all(List<Line> lines) {
    Map<String, Line> given = new LinkedHashMap<>();
    for (Line line : lines) {
      Name name =
          line.statement().body() instanceof Statement.Descriptor descriptor
              ? checked(descriptor, line)
              : null;
      Line before = name == null ? null : given.put(name.text(), line);
      if (name != null && before != null && before.level() == line.level()) {
        diagnostics.error(
            Code.DUPLICATE,
            line.origin(),
            "`descriptor inherit " + name.text() + "` is given twice",
            "remove one of the two lines",
            new Note("the first one", before.origin()));
      }
    }
    return given.entrySet().stream()
        .map(entry -> new Spec.Inherited(entry.getKey(), entry.getValue().provenance()))
        .toList();
  }

  private @Nullable Name checked(Statement.Descriptor descriptor, Line line) {
    Name name = descriptor.passed();
    if (name == null) {
      return null;
    }
    if (!descriptor.name().text().equals(INHERIT)) {
      String similar = Similar.didYouMean(descriptor.name().text(), List.of(INHERIT));
      diagnostics.error(
          Code.MALFORMED,
          line.at(descriptor.name().span()),
          "`" + descriptor.name().text() + "` takes no second name",
          similar != null ? similar : "write `descriptor inherit " + name.text() + "`");
      return null;
    }
    boolean taken = SettingChecks.descriptorWords().contains(name.text());
    if (taken || !name.text().matches("[a-z][a-z0-9-]*")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(name.span()),
          taken
              ? "bubblewrap itself takes the descriptor `" + name.text() + "`"
              : "`" + name.text() + "` is not a name of lower-case letters, digits and `-`",
          taken
              ? "write `descriptor " + name.text() + "`, or choose another name"
              : "write a name such as `listen`");
      return null;
    }
    return name;
  }
}
