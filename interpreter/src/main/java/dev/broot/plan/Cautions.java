package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Paths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run refuses since it would do less than its lines say, or leave something behind: a mask
 * whose mount point is missing in a writable bind, where bubblewrap would make it on the host, and
 * a read-only bind in a writable one that would be left out because its source is a symlink.
 */
public final class Cautions {
  /** What is wrong. */
  public enum Kind {
    /** Nothing is at the path. */
    MISSING,
    /** There is a symlink at the path. */
    SYMLINK,
    /** There is a symlink at the path that leads nowhere. */
    DANGLING
  }

  /**
   * One question before a run.
   *
   * @param kind what is wrong where the answer is yes
   * @param path of the host
   * @param operation the one that is refused
   * @param under the writable bind in which it lies
   */
  public record Caution(Kind kind, Word path, Operation operation, Operation.Bind under) {
    /** Why a run is refused, behind the path. */
    public String reason() {
      return kind == Kind.MISSING
          ? " is not on the host, and bubblewrap would make it there, empty, and leave it; write `hide "
              + Showing.of(operation).get(0).target().display()
              + " optional` instead, which does nothing where nothing is, or make it before"
          : " is a symlink, so that this line would be left out, and the program could write what "
              + under.provenance().origin().place()
              + " shows there; name what the symlink leads to, or put a directory in its place";
    }
  }

  private Cautions() {}

  /** What has to be asked of a host. */
  public static List<Caution> of(List<Operation> operations) {
    List<Caution> all = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Kind kind = isMask(operation) ? Kind.MISSING : conditional(operation);
      Operation.Bind under = kind == null ? null : under(operations.subList(0, i), operation);
      if (kind != null && under != null) {
        Word path =
            kind != Kind.MISSING && operation instanceof Operation.Bind bind
                ? bind.source().path()
                : under.source().path().plus(rest(operation, under));
        all.add(new Caution(kind, path, operation, under));
      }
    }
    return all;
  }

  /** The first refusal on a host, or null. */
  static @Nullable Caution first(List<Caution> resolved, Host host) {
    for (Caution caution : resolved) {
      String path = caution.path().display();
      boolean refused =
          switch (caution.kind()) {
            case MISSING -> !host.exists(path);
            case SYMLINK -> host.isSymlink(path);
            case DANGLING -> host.isSymlink(path) && !host.exists(path);
          };
      if (refused) {
        return caution;
      }
    }
    return null;
  }

  // Something empty over what is there.
  private static boolean isMask(Operation operation) {
    if (operation instanceof Operation.Bind bind) {
      return bind.access() == Access.RO && "/dev/null".equals(bind.source().path().literal());
    } else if (operation instanceof Operation.Data data) {
      String content = data.content().content().literal();
      return data.as() == Copied.RO && (data.content().file() ? "/dev/null" : "").equals(content);
    }
    return operation instanceof Operation.Tmpfs;
  }

  private static @Nullable Kind conditional(Operation operation) {
    if (!(operation instanceof Operation.Bind bind)
        || bind.access() != Access.RO
        || !(bind.source() instanceof Source.HostPath)) {
      return null;
    }
    Question question = bind.question();
    return question != null && question.asked() == Question.Asked.DIRECTORY
        ? Kind.SYMLINK
        : bind.optional() ? Kind.DANGLING : null;
  }

  // The bind of the host that lies at a target, where it is writable and nothing was made there.
  private static Operation.@Nullable Bind under(List<Operation> before, Operation operation) {
    String target = target(operation);
    for (int i = before.size() - 1; i >= 0; i--) {
      Operation earlier = before.get(i);
      String place = target(earlier);
      boolean covers = !Showing.of(earlier).isEmpty();
      if (earlier instanceof Operation.Raw || (!place.isEmpty() && Paths.isWithin(place, target))) {
        return null;
      } else if (covers && Paths.isWithin(target, place)) {
        return earlier instanceof Operation.Bind bind
                && bind.access() != Access.RO
                && bind.source() instanceof Source.HostPath
            ? bind
            : null;
      }
    }
    return null;
  }

  private static String target(Operation operation) {
    Word target =
        operation instanceof Operation.Directory directory
            ? directory.target()
            : operation instanceof Operation.Data data
                ? data.target()
                : Showing.of(operation).stream().map(Showing::target).findFirst().orElse(null);
    return target == null ? "" : Paths.normalize(target.display());
  }

  private static String rest(Operation operation, Operation under) {
    String place = target(under);
    return target(operation).substring(place.equals("/") ? 0 : place.length());
  }
}
