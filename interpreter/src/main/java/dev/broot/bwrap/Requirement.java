package dev.broot.bwrap;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Severity;
import dev.broot.plan.Plan;
import dev.broot.spec.Provenance;
import java.util.List;
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
  private static final Pattern VERSION =
      Pattern.compile("bubblewrap (?:0\\.([0-9]{1,9})(?![0-9])|[1-9])");

  /** How many arguments bubblewrap takes. */
  public static final int MOST_ARGUMENTS = 9000;

  // `--`, and the descriptors on which broot listens and lets bubblewrap wait.
  private static final int PLUMBING = 7;

  /** The highest requirement of a plan, or null where every bubblewrap does. */
  public static @Nullable Requirement of(Plan plan) {
    Requirement highest = null;
    for (Argument argument : CommandLine.of(plan)) {
      for (Argument.Said said : argument.options()) {
        BwrapOption option = said.option();
        boolean higher =
            option != null
                && !option.isOld()
                && (highest == null || option.since() > highest.minor());
        if (option != null && higher) {
          highest = new Requirement(option.since(), option.option(), argument.provenance());
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
        matcher.lookingAt()
            && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) >= minor);
    return met
        ? null
        : cause() + " needs bubblewrap 0." + minor + ", and " + bwrap + " is " + version.strip();
  }

  /**
   * How many of the arguments that bubblewrap takes are not the program's; bubblewrap counts them
   * together.
   */
  public static int arguments(Plan plan) {
    int count = PLUMBING + (plan.entry() == null ? 0 : 1);
    for (Argument argument : CommandLine.of(plan)) {
      count += argument.words().size();
    }
    return count;
  }

  /** An error where a plan has more arguments than bubblewrap takes, or null. */
  public static @Nullable Diagnostic tooMany(Plan plan) {
    int count = 0;
    Origin crossing = null;
    for (Argument argument : CommandLine.of(plan)) {
      count += argument.words().size();
      Provenance provenance = argument.provenance();
      if (count > MOST_ARGUMENTS && crossing == null && provenance != null) {
        crossing = provenance.origin();
      }
    }
    return crossing == null
        ? null
        : new Diagnostic(
            Severity.ERROR,
            Code.LIMIT,
            "this spec makes "
                + count
                + " arguments of bubblewrap, which takes "
                + MOST_ARGUMENTS
                + ", the program's own among them",
            crossing,
            List.of(),
            "bind a directory instead of what lies in it");
  }
}
