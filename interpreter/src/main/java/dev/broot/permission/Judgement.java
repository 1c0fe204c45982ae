package dev.broot.permission;

import dev.broot.host.HostObjects;
import dev.broot.spec.Access;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what lines grant by the list of dangers: by the names that they say, and where a host is
 * given, also by what these names lead to there.
 */
public final class Judgement {
  /** For no host. */
  public static final Judgement BY_NAME = new Judgement(null);

  private final @Nullable HostObjects host;
  private final Homes homes;

  private Judgement(@Nullable HostObjects host) {
    this.host = host;
    homes = host == null ? Homes.USUAL : new Homes(host.homes());
  }

  /** For a host; by names alone where there is none. */
  public static Judgement on(@Nullable HostObjects host) {
    return host == null ? BY_NAME : new Judgement(host);
  }

  /** The host, or null. */
  @Nullable HostObjects host() {
    return host;
  }

  /** Its homes. */
  Homes homes() {
    return homes;
  }

  /** The host's symlinks, as far as they are known. */
  HostLinks links() {
    return host == null ? WellKnown.LINKS : new RealLinks(host);
  }

  /** Why a mount is dangerous, as the end of a sentence that starts with "this line", or null. */
  public @Nullable String of(Mount mount) {
    if (mount instanceof Mount.Raw) {
      return "passes arguments that broot does not look into";
    }
    if (mount instanceof Mount.Overlay overlay && overlay.upper() != null) {
      return of(overlay.upper(), Access.RW);
    }
    if (mount instanceof Mount.Matching matching) {
      String root = literal(matching.root());
      return root == null ? null : Dangers.matching(Paths.normalize(root), matching.glob());
    }
    return mount instanceof Mount.Bind bind ? of(bind.from(), bind.access()) : null;
  }

  /** Why what a value names is dangerous, or null where that is not known before the run. */
  public @Nullable String of(Value source, Access access) {
    String literal = literal(source);
    if (literal == null) {
      String usual = UsualPaths.of(source);
      return usual == null ? null : Dangers.of(usual, access, homes);
    }
    String why = Dangers.of(Paths.normalize(literal), access, homes);
    return why != null || host == null ? why : behind(literal, access, host);
  }

  // On a host, its caller's variables have values.
  private @Nullable String literal(Value source) {
    String literal = source.literal();
    if (literal != null || host == null) {
      return literal;
    }
    StringBuilder text = new StringBuilder();
    for (Value.Part part : source.parts()) {
      String variable = part instanceof Value.Open open ? open.param().variable() : null;
      String value =
          part instanceof Value.Literal one
              ? one.text()
              : variable == null ? null : host.variable(variable);
      if (value == null) {
        return null;
      }
      text.append(value);
    }
    return text.toString();
  }

  private @Nullable String behind(String path, Access access, HostObjects objects) {
    List<String> names = new ArrayList<>(objects.names(path));
    // A bind takes along what is mounted below.
    names.addAll(objects.mountedBelow(path));
    for (String name : names) {
      String why = Dangers.of(name, access, homes);
      if (why != null) {
        return why + ": on this host it shows `" + name + "`";
      }
    }
    return access == Access.DEV && objects.kind(path) == HostObjects.Kind.DISK
        ? DangerList.DEVICE
        : null;
  }
}
