package dev.broot.bwrap;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Source;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code raw} arguments as what a line of the language would say in their place, for those
 * who judge a plan; what runs has them as they are. All of a plan's are read or none: bubblewrap
 * takes the words behind an option for its values, wherever they come from, so that one that is not
 * understood may change what all others mean.
 */
public final class RawReader {
  // Neither relative nor with a part that would have to be looked up.
  private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/\0]+)+");
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,4}");
  private static final Pattern BYTES = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int EIGHT = 8;

  private final boolean network;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Spec.Unshared> own;
  private @Nullable Provenance sharedNet;
  private boolean newSession;
  private boolean diesWithParent;

  /** Something that is not read. */
  private static final class Unread extends Exception {
    private static final long serialVersionUID = 1;
  }

  private RawReader(Sandbox sandbox) {
    network = sandbox.network() != null;
    own = new ArrayList<>(sandbox.namespaces().own());
    sharedNet = sandbox.namespaces().sharedNet();
    newSession = sandbox.supervision().newSession();
    diesWithParent = sandbox.supervision().diesWithParent();
  }

  /** Whether a plan has such arguments. */
  public static boolean isIn(Plan plan) {
    return plan.sandbox().operations().stream().anyMatch(Operation.Raw.class::isInstance);
  }

  /** The plan with them read, or as it is where one of them cannot be. */
  public static Plan read(Plan plan) {
    // Masks are looked for in what lines show, not in what these show.
    boolean masked =
        plan.sandbox().operations().stream()
            .anyMatch(one -> one instanceof Operation.Hide || one instanceof Operation.Protect);
    if (masked || !isIn(plan)) {
      return plan;
    }
    RawReader reader = new RawReader(plan.sandbox());
    try {
      for (Operation operation : plan.sandbox().operations()) {
        if (operation instanceof Operation.Raw raw) {
          reader.line(raw);
        } else {
          reader.operations.add(operation);
        }
      }
    } catch (Unread e) {
      return plan;
    }
    return new Plan(
        plan.name(),
        plan.openParams(),
        plan.image(),
        plan.setup(),
        plan.env(),
        plan.stdinInherited(),
        reader.sandbox(plan.sandbox()),
        plan.entry(),
        plan.expects());
  }

  private Sandbox sandbox(Sandbox of) {
    return new Sandbox(
        new Sandbox.Supervision(of.supervision().chdir(), newSession, diesWithParent),
        new Spec.Namespaces(own, sharedNet),
        of.capabilities(),
        of.options(),
        operations,
        of.limits(),
        of.maps(),
        of.syscalls(),
        of.network(),
        of.inherited());
  }

  // Each line is whole: none leaves a value, a mode or a size to the next one.
  private void line(Operation.Raw raw) throws Unread {
    List<String> words = new ArrayList<>();
    for (Word word : raw.arguments()) {
      words.add(known(word.literal()));
    }
    Provenance said = raw.provenance();
    Integer mode = null;
    Long size = null;
    int at = 0;
    while (at < words.size()) {
      BwrapOption option = known(BwrapOption.of(words.get(at++)));
      if (at + option.arguments() > words.size()) {
        throw new Unread();
      }
      List<String> values = words.subList(at, at + option.arguments());
      at += option.arguments();
      if (option == BwrapOption.PERMS && mode == null) {
        mode = octal(values.get(0));
      } else if (option == BwrapOption.SIZE && size == null) {
        size = Long.valueOf(matching(BYTES, values.get(0)));
      } else if (option == BwrapOption.TMPFS) {
        operations.add(new Operation.Tmpfs(path(values.get(0)), size, mode, said));
        size = null;
        mode = null;
      } else if (option == BwrapOption.DIR && size == null) {
        operations.add(new Operation.Directory(path(values.get(0)), mode, said));
        mode = null;
      } else if (mode == null && size == null) {
        plain(option, values, said);
      } else {
        throw new Unread();
      }
    }
    if (mode != null || size != null) {
      throw new Unread();
    }
  }

  // What takes no mode and no size.
  private void plain(BwrapOption option, List<String> values, Provenance said) throws Unread {
    switch (option) {
      case BIND -> bind(values, Access.RW, false, said);
      case BIND_TRY -> bind(values, Access.RW, true, said);
      case DEV_BIND -> bind(values, Access.DEV, false, said);
      case DEV_BIND_TRY -> bind(values, Access.DEV, true, said);
      case RO_BIND -> bind(values, Access.RO, false, said);
      case RO_BIND_TRY -> bind(values, Access.RO, true, said);
      case PROC -> operations.add(new Operation.Proc(path(values.get(0)), said));
      case DEV -> operations.add(new Operation.Dev(path(values.get(0)), said));
      case MQUEUE -> operations.add(new Operation.Mqueue(path(values.get(0)), said));
      case REMOUNT_RO ->
          operations.add(new Operation.RemountReadOnly(rootOrPath(values.get(0)), said));
      case SYMLINK ->
          operations.add(
              new Operation.Symlink(Word.of(values.get(0)), path(values.get(1)), null, said));
      case CHMOD ->
          operations.add(new Operation.Chmod(octal(values.get(0)), path(values.get(1)), said));
      case NEW_SESSION -> newSession = true;
      case DIE_WITH_PARENT -> diesWithParent = true;
      default -> namespace(option, said);
    }
  }

  private void bind(List<String> values, Access access, boolean optional, Provenance said)
      throws Unread {
    Source source = new Source.HostPath(rootOrPath(values.get(0)));
    operations.add(new Operation.Bind(source, path(values.get(1)), access, optional, null, said));
  }

  // They stand behind those of the lines: for the network, the last one counts.
  private void namespace(BwrapOption option, Provenance said) throws Unread {
    if (network) {
      throw new Unread();
    }
    if (option == BwrapOption.SHARE_NET) {
      sharedNet = said;
      return;
    }
    for (Namespace namespace : Namespace.values()) {
      if (CommandLine.option(namespace) == option) {
        own.add(new Spec.Unshared(namespace, said));
        if (namespace == Namespace.NET || namespace == Namespace.ALL) {
          sharedNet = null;
        }
        return;
      }
    }
    throw new Unread();
  }

  private static Word rootOrPath(String text) throws Unread {
    return text.equals("/") ? Word.of(text) : path(text);
  }

  private static Word path(String text) throws Unread {
    return Word.of(matching(PATH, text));
  }

  private static int octal(String text) throws Unread {
    return Integer.parseInt(matching(OCTAL, text), EIGHT);
  }

  private static String matching(Pattern pattern, String text) throws Unread {
    if (!pattern.matcher(text).matches()) {
      throw new Unread();
    }
    return text;
  }

  private static <T> T known(@Nullable T what) throws Unread {
    if (what == null) {
      throw new Unread();
    }
    return what;
  }
}
