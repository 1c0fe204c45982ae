package dev.broot.permission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places for which a path of the sandbox stands: its own, with all below it, and those to which
 * symlinks lead that the sandbox makes there.
 */
final class Names {
  /**
   * A place.
   *
   * @param at where it is; null where only the value of a parameter tells
   * @param left what is left out, as places
   * @param link the symlink that leads there, or null
   */
  record Place(@Nullable String at, List<String> left, @Nullable Standing link) {
    /** Copies the list. */
    Place {
      left = List.copyOf(left);
    }

    /** Whether a place is not left out. */
    boolean has(String place) {
      return PathKey.isOutside(place, left);
    }

    private boolean covers(Place other) {
      String otherAt = other.at;
      return at != null
          && otherAt != null
          && PathKey.isWithin(otherAt, at)
          && other.left.containsAll(left);
    }
  }

  private final View view;
  private final String path;
  private final List<String> except;
  private final List<Standing> links;

  /**
   * The places of a path.
   *
   * @param path a {@link PathKey}
   * @param except what is left out, by the names that are said: what a symlink of that name leads
   *     to has other names too
   */
  Names(View view, String path, List<String> except) {
    this.view = view;
    this.path = path;
    this.except = List.copyOf(except);
    links = view.table().all().stream().filter(one -> one.thing() instanceof Thing.Link).toList();
  }

  /** The places in a world, none twice. */
  List<Place> in(World world) {
    List<Place> all = new ArrayList<>();
    Deque<Place> left = new ArrayDeque<>();
    Place first = lead(path, except, null, world);
    if (first != null) {
      left.add(first);
    }
    while (!left.isEmpty()) {
      Place place = left.pop();
      if (all.stream().anyMatch(known -> known.covers(place))) {
        continue;
      }
      all.add(place);
      left.addAll(below(place, world));
    }
    return all;
  }

  // Where the symlinks in a place lead.
  private List<Place> below(Place place, World world) {
    List<Place> all = new ArrayList<>();
    String at = place.at();
    if (at == null) {
      return all;
    }
    for (Standing link : links) {
      boolean there =
          PathKey.isWithin(link.place(), at)
              && place.has(link.place())
              && view.isFound(link, world);
      Place next = there ? lead(link.place(), place.left(), link, world) : null;
      String leads = next == null ? null : next.at();
      if (next != null && (leads == null || next.has(leads))) {
        all.add(next);
      }
    }
    return all;
  }

  // What is left out below a symlink is left out where it leads, too.
  private @Nullable Place lead(
      String name, List<String> out, @Nullable Standing link, World world) {
    Walk.End end = view.end(name, world);
    if (end.zone() == Walk.Zone.OPEN) {
      return new Place(null, out, link);
    } else if (!end.isInside()) {
      return null;
    }
    Set<String> all = new TreeSet<>(out);
    for (String one : out) {
      if (PathKey.isWithin(one, name)) {
        all.add(PathKey.join(end.at(), PathKey.below(one, name)));
      }
    }
    return new Place(end.at(), List.copyOf(all), link);
  }
}
