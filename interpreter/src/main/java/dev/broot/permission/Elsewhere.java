package dev.broot.permission;

import dev.broot.permission.Reach.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is shown at a path read-only, and can be changed at another place: whoever may not write to
 * a path shall not change what is there either.
 */
final class Elsewhere {
  private final View view;
  private final Reach reach;
  private final Names names;
  private final Set<String> marks = new TreeSet<>();

  /**
   * Looks for it.
   *
   * @param names the places for which the path stands
   */
  Elsewhere(Permissions permissions, Names names) {
    view = permissions.view();
    reach = permissions.reach();
    this.names = names;
    reach.marks(marks);
  }

  /** A way on a host, or null. */
  @Nullable Way in(World world) {
    for (Names.Place place : names.in(world)) {
      String at = place.at();
      for (Standing mount : at == null ? List.<Standing>of() : shown(at, world)) {
        if (mount.thing() instanceof Thing.Proc) {
          continue;
        }
        String top = at != null && !PathKey.isWithin(mount.place(), at) ? at : mount.place();
        for (String tree : trees(mount, top, world)) {
          Way way = in(place, top, tree, world);
          if (way != null) {
            return way;
          }
        }
      }
    }
    return null;
  }

  private List<Standing> shown(String at, World world) {
    List<Standing> shown = new ArrayList<>(List.of(view.table().covering(at, Table.END, world)));
    for (Standing one : view.table().all()) {
      if (PathKey.isWithin(one.place(), at) && view.isFound(one, world)) {
        shown.add(one);
      }
    }
    return shown;
  }

  // What of the host is at a place of a mount: of an overlay, each layer has its own.
  private List<String> trees(Standing mount, String place, World world) {
    String below = PathKey.below(place, mount.place());
    return Trees.all(mount.thing()).stream()
        .map(tree -> PathKey.join(view.onHost(tree, world), below))
        .toList();
  }

  private @Nullable Way in(Names.Place place, String top, String tree, World world) {
    Set<String> within = new TreeSet<>(Set.of(tree));
    marks.stream().filter(mark -> PathKey.isWithin(mark, tree)).forEach(within::add);
    for (String mark : within) {
      String here = PathKey.join(top, PathKey.below(mark, tree));
      List<String> shown = trees(view.table().covering(here, Table.END, world), here, world);
      Item item = reach.find(Use.WRITE, mark, true, world);
      if (item != null && shown.contains(mark) && place.has(here) && !Kept.isHarmless(mark)) {
        String what = PathKey.display(mark) + "` of the host, which `" + PathKey.display(here);
        String other = PathKey.display(item.standing().place());
        String text = "the program can write `" + what + "` shows, at `" + other + "`";
        return new Way(text, item.standing());
      }
    }
    return null;
  }
}
