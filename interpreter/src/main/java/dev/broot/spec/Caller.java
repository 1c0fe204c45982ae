package dev.broot.spec;

import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is: parameters that nobody declares, and that each run finds out. A script has
 * them in variables of its own.
 */
public final class Caller {
  /** The variable of a script that has the name. */
  public static final String NAME = "broot_caller_name";

  /** The variable of a script that has the user's number. */
  public static final String UID = "broot_caller_uid";

  /** The variable of a script that has the group's number. */
  public static final String GID = "broot_caller_gid";

  /** The name of somebody who has none, or one that would be taken for something else. */
  public static final String NOBODY = "user";

  private static final Map<String, String> VARIABLES =
      Map.of("caller-name", NAME, "caller-uid", UID, "caller-gid", GID);

  // No line declares them.
  private static final Origin NOWHERE =
      new Origin(new SourceFile("caller", ""), new Span(0, 0), null);

  private Caller() {}

  /** Whether this is the name of such a parameter. */
  public static boolean is(String name) {
    return VARIABLES.containsKey(name);
  }

  /** The parameter of a name, or null where it is none of these. */
  public static @Nullable Param param(String name) {
    String variable = VARIABLES.get(name);
    return variable == null ? null : new Param(name, Param.Type.STRING, variable, NOWHERE);
  }

  /** The name of the caller as a script takes it. */
  public static String plain(@Nullable String name) {
    return name != null && name.matches("(?![0-9]*$)[A-Za-z0-9_][A-Za-z0-9._-]*") ? name : NOBODY;
  }
}
