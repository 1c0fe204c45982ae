package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Modes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code chmod} keeps from a program. Whoever ignores modes, as root with all capabilities
 * does, loses nothing by one; but another user may run the same spec, so that rights that it takes
 * away count. A mode that nobody says is the one that bubblewrap gives, and on the host any.
 */
final class ModeChange {
  // Reading, writing, executing, and as whom; the sticky bit takes something away.
  private static final int RIGHTS = 06777;
  private static final int STICKY = 01000;
  private static final int USUAL = 0755;

  private ModeChange() {}

  /** What modes are compared of. */
  private record Of(boolean host, String path) {}

  /** What modes let the first reach, and keep from the second. */
  static List<Grant> gained(Permissions of, Permissions not, Worlds worlds, Set<String> unknown) {
    Set<Of> objects = new LinkedHashSet<>();
    for (Permissions one : List.of(of, not)) {
      one.view().modes().forEach(change -> objects.add(new Of(change.host(), change.path())));
    }
    List<Grant> gained = new ArrayList<>();
    for (Of object : objects) {
      Worlds.Found found = worlds.find(one -> isMore(of, not, object, one));
      if (found.answer() == Worlds.Answer.UNKNOWN) {
        String path = PathKey.display(object.path);
        unknown.add("what the mode of " + path + " keeps from it depends on too many conditions");
      }
      World world = found.world();
      if (world != null) {
        gained.add(grant(of, not, object, world));
      }
    }
    return gained;
  }

  private static Grant grant(Permissions of, Permissions not, Of object, World world) {
    NewMode now = last(of, object, world);
    NewMode held = last(not, object, world);
    String path = PathKey.display(object.path);
    String text =
        held == null
            ? "use "
                + path
                + " as mode "
                + Modes.octal(now == null ? USUAL : now.mode())
                + " lets it"
            : "use what `chmod " + Modes.octal(held.mode()) + "` of " + path + " keeps from it";
    return new Grant(
        object.host ? Level.HOST_WRITE : Level.HOST_READ,
        new Subject.Sight("the mode", object),
        text,
        now == null ? null : now.provenance());
  }

  private static boolean isMore(Permissions of, Permissions not, Of object, World world) {
    NewMode now = last(of, object, world);
    NewMode held = last(not, object, world);
    // That one changes a mode on the host is a gain by itself.
    if ((held == null && (now == null || object.host)) || !isThere(of, object)) {
      return false;
    }
    if (held == null && !isThere(not, object)) {
      return false;
    }
    Integer more = now == null ? said(of, object, world) : Integer.valueOf(now.mode());
    Integer less = held == null ? said(not, object, world) : Integer.valueOf(held.mode());
    int before = less == null ? 0 : less;
    int after = more == null ? 0777 : more;
    return (after & RIGHTS & ~before) != 0 || (before & STICKY & ~after) != 0;
  }

  private static @Nullable NewMode last(Permissions one, Of object, World world) {
    NewMode last = null;
    for (NewMode change : one.view().modes()) {
      boolean same = change.host() == object.host && change.path().equals(object.path);
      last = same && world.fits(change.guard()) ? change : last;
    }
    return last;
  }

  // The mode with which it is made; null where only the host knows.
  private static @Nullable Integer said(Permissions one, Of object, World world) {
    if (object.host) {
      return null;
    }
    int said = USUAL;
    for (Standing standing : one.view().table().all()) {
      if (standing.place().equals(object.path) && world.fits(standing.guard())) {
        said = standing.thing() instanceof Thing.Moded made ? made.mode() : said;
      }
    }
    return said;
  }

  // Whether there is anything that it could be of, or that lies in it.
  private static boolean isThere(Permissions one, Of object) {
    Set<String> paths = new TreeSet<>();
    if (object.host) {
      one.reach().items().forEach(item -> paths.add(item.tree()));
      return paths.stream()
          .anyMatch(
              tree -> PathKey.isWithin(tree, object.path) || PathKey.isWithin(object.path, tree));
    }
    one.view().table().all().forEach(standing -> paths.add(standing.place()));
    return paths.stream().anyMatch(place -> PathKey.isWithin(place, object.path));
  }
}
