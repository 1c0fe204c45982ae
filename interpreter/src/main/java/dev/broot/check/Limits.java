package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Similar;
import dev.broot.spec.Cpus;
import dev.broot.spec.Limit;
import dev.broot.spec.Sizes;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The limits that the levels of a spec say; a later level replaces what an earlier one said. */
final class Limits {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(s|min|h)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9})%");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}");

  private record Said(Limit limit, Line line) {}

  private final Diagnostics diagnostics;
  private final Map<Limit.Kind, Said> said = new EnumMap<>(Limit.Kind.class);

  Limits(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Statement.Limit limit, Line line) {
    String word = limit.name().text();
    Limit.Kind kind = Limit.Kind.of(word);
    if (kind == null) {
      String similar = Similar.didYouMean(word, Limit.Kind.words());
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(limit.name().span()),
          "`" + word + "` is not a limit",
          similar != null ? similar : "write one of " + String.join(", ", Limit.Kind.words()));
      return;
    }
    Limit held = kind == Limit.Kind.CPUS ? cpus(limit, line) : amount(kind, limit, line);
    Said before = said.get(kind);
    if (before != null && before.line().level() == line.level()) {
      Entries.duplicate(
          diagnostics, "`limit " + word + "` is given twice", line, before.line().origin());
    } else if (held != null) {
      said.put(kind, new Said(held, line));
    }
  }

  List<Limit> all() {
    List<Limit> all = new ArrayList<>();
    said.values().forEach(one -> all.add(one.limit()));
    return all;
  }

  private @Nullable Limit cpus(Statement.Limit limit, Line line) {
    String list = Cpus.list(limit.amount().text());
    if (list == null) {
      wrong(Limit.Kind.CPUS, limit.amount(), line);
      return null;
    }
    return Limit.cpus(list, limit.bestEffort(), line.provenance());
  }

  private void wrong(Limit.Kind kind, Name written, Line line) {
    diagnostics.error(
        Code.BAD_VALUE,
        line.at(written.span()),
        "`" + written.text() + "` is not " + what(kind),
        example(kind));
  }

  private @Nullable Limit amount(Limit.Kind kind, Statement.Limit limit, Line line) {
    Name written = limit.amount();
    Long amount = parse(kind, written.text());
    if (amount == null) {
      wrong(kind, written, line);
      return null;
    } else if (amount < kind.least() || amount > kind.most()) {
      boolean low = amount < kind.least();
      Limit bound = new Limit(kind, low ? kind.least() : kind.most(), false, line.provenance());
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(written.span()),
          "`" + written.text() + "` is too " + (low ? "small" : "large"),
          "`" + kind.word() + "` is " + (low ? "at least " : "at most ") + bound.text());
      return null;
    }
    return new Limit(kind, amount, limit.bestEffort(), line.provenance());
  }

  private static @Nullable Long parse(Limit.Kind kind, String text) {
    return switch (kind.unit()) {
      case BYTES -> text.equals("0") ? Long.valueOf(0) : Sizes.bytes(text);
      case SECONDS -> seconds(text);
      case PERCENT -> {
        Matcher matcher = PERCENT.matcher(text);
        yield matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
      }
      case NUMBER -> NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
      case PROCESSORS -> throw new IllegalArgumentException("no amount");
    };
  }

  private static @Nullable Long seconds(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long unit =
        switch (matcher.group(2)) {
          case "min" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  private static String what(Limit.Kind kind) {
    return switch (kind.unit()) {
      case BYTES -> "a size";
      case SECONDS -> "a time";
      case PERCENT -> "a share of a processor";
      case NUMBER -> "a number";
      case PROCESSORS -> "a list of processors";
    };
  }

  private static String example(Limit.Kind kind) {
    return switch (kind.unit()) {
      case BYTES ->
          "write a number with a unit, such as `512MiB`; the units are B, KiB, MiB and GiB";
      case SECONDS -> "write a number with a unit, such as `10min`; the units are s, min and h";
      case PERCENT -> "write it as in `150%`, which is one processor and a half";
      case NUMBER ->
          "write it as in `limit " + kind.word() + " " + Math.max(kind.least(), 100) + "`";
      case PROCESSORS -> "write their numbers and ranges, as in `limit cpus 0-3,8`";
    };
  }
}
