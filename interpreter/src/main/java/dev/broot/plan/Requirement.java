package dev.broot.plan;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.SpecCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plan needs of bubblewrap, where that is more than every bubblewrap since 0.4 has. The
 * versions are those of the tags in its repository that first have the option.
 *
 * @param minor the version is 0 and this
 * @param option what needs it
 * @param provenance the line that says it, or null where several did
 */
public record Requirement(int minor, String option, @Nullable Provenance provenance) {
  private static final Map<String, Integer> SINCE = new HashMap<>();
  private static final Pattern VERSION = Pattern.compile("bubblewrap ([0-9]+)\\.([0-9]+)[^\n]*\n?");
  // Counted in bubblewrap.c with the program's own arguments, which nobody knows yet.
  private static final int MOST_ARGUMENTS = 9000;

  static {
    since(5, "--perms", "--chmod", "--clearenv");
    since(6, "--add-seccomp-fd");
    since(7, "--size");
    since(8, "--disable-userns", "--assert-userns-disabled");
    since(9, "--argv0");
    since(11, "--overlay-src", "--overlay", "--tmp-overlay", "--ro-overlay", "--level-prefix");
    since(12, "--not-a-security-boundary");
  }

  private static void since(int minor, String... options) {
    for (String option : options) {
      SINCE.put(option, minor);
    }
  }

  /** The highest requirement of a plan, or null where every bubblewrap does. */
  static @Nullable Requirement of(Plan plan) {
    Requirement highest = null;
    for (Plan.Option option : plan.options()) {
      for (Word word : option.words()) {
        String name = word.display();
        Integer minor = SINCE.get(name);
        if (minor != null && (highest == null || minor > highest.minor())) {
          highest = new Requirement(minor, name, option.provenance());
        }
      }
    }
    return highest;
  }

  /** What needs it, with its place. */
  public String cause() {
    return provenance == null ? option : provenance.origin().place() + ": " + option;
  }

  /**
   * Why a bubblewrap does not do, or null when it does; the scripts say the same.
   *
   * @param bwrap its path
   * @param version what {@code bwrap --version} says
   */
  public @Nullable String problem(String bwrap, String version) {
    Matcher matcher = VERSION.matcher(version);
    boolean met =
        matcher.matches()
            && (!matcher.group(1).equals("0") || Integer.parseInt(matcher.group(2)) >= minor);
    return met
        ? null
        : cause() + " needs bubblewrap 0." + minor + ", and " + bwrap + " is " + version.strip();
  }

  /** Adds an error to a compilation whose plan has more arguments than bubblewrap takes. */
  public static SpecCompiler.Result limited(SpecCompiler.Result result) {
    Spec spec = result.spec();
    if (spec == null) {
      return result;
    }
    int count = 0;
    Origin crossing = null;
    for (Plan.Option option : Planner.plan(spec).options()) {
      count += option.words().size();
      Provenance provenance = option.provenance();
      if (count > MOST_ARGUMENTS && crossing == null && provenance != null) {
        crossing = provenance.origin();
      }
    }
    if (crossing == null) {
      return result;
    }
    List<Diagnostic> diagnostics = new ArrayList<>(result.diagnostics());
    diagnostics.add(
        new Diagnostic(
            Severity.ERROR,
            Code.LIMIT,
            "this spec makes "
                + count
                + " arguments of bubblewrap, which takes "
                + MOST_ARGUMENTS
                + ", the program's own among them",
            crossing,
            List.of(),
            "bind a directory instead of what lies in it"));
    return new SpecCompiler.Result(null, diagnostics);
  }
}
