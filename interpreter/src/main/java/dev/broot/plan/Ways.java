package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Copied;
import dev.broot.spec.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways along which bubblewrap comes to a place in a bind of the host. It follows symlinks that
 * lie there, also to the host itself ({@code ../../oldroot/etc}), and what it makes there, or whose
 * mode it changes, is no mount that the kernel would tell of. So a run asks before it starts
 * whether one lies on the way. Of mount points, which bubblewrap makes where they are missing, each
 * symlink counts where the bind is writable; else those that may lead to the host, since the others
 * are followed in the sandbox, and the kernel tells of the mount.
 */
public final class Ways {
  /** Why a run is refused, behind the path of the symlink. */
  public static final String REASON =
      " is a symlink, through which bubblewrap would do what this line says at another place; name"
          + " the place to which it leads, or put a directory there";

  /**
   * What may lie at a target.
   *
   * @param source what of the host is shown there; null where nothing of it is, or nothing that
   *     matters
   * @param place where it is shown
   * @param certain whether nothing that was made before is found there
   * @param every whether each symlink on the way counts; else those that may lead to the host
   */
  public record Under(@Nullable Word source, Word place, boolean certain, boolean every) {}

  /**
   * The way of one operation.
   *
   * @param last whether a symlink at the end of the way is followed
   * @param under the newest first
   */
  public record Way(Operation operation, Word target, boolean last, List<Under> under) {
    /** Copies the list. */
    public Way {
      under = List.copyOf(under);
    }
  }

  /** What an operation makes, with how it comes there. */
  private record Made(Word target, boolean last, boolean mounted) {}

  private Ways() {}

  /** All ways that may lead through a bind. */
  public static List<Way> of(List<Operation> operations) {
    List<Way> all = new ArrayList<>();
    Map<String, String> links = new HashMap<>();
    Map<String, String> certain = new HashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Made made = made(operation);
      if (made != null) {
        for (Word target : targets(made, links, certain)) {
          // Of one that may be left out, nothing is made where it is.
          boolean every = !made.mounted() || isCertain(operation);
          List<Under> under = under(operations.subList(0, i), target, made.mounted(), every);
          if (under.stream().anyMatch(one -> one.source() != null)) {
            all.add(new Way(operation, target, made.last(), under));
          }
        }
      }
      hide(operation, links, certain);
      if (operation instanceof Operation.Symlink link) {
        link(link, links, certain);
      }
    }
    return all;
  }

  private static void link(
      Operation.Symlink link, Map<String, String> links, Map<String, String> certain) {
    String text = link.text().literal();
    String place = link.target().literal();
    if (text != null && place != null) {
      links.put(Paths.normalize(place), text);
      if (link.question() == null) {
        certain.put(Paths.normalize(place), text);
      }
    }
  }

  // What is mounted hides the symlinks that were there.
  private static void hide(
      Operation operation, Map<String, String> links, Map<String, String> certain) {
    for (Showing showing : Showing.of(operation)) {
      String place = showing.target().literal();
      certain.keySet().removeIf(link -> place == null || Paths.isWithin(link, place));
      if (place != null && isCertain(operation)) {
        links.keySet().removeIf(link -> Paths.isWithin(link, place));
      }
    }
  }

  // A target, and where the plan's own symlinks lead it.
  private static List<Word> targets(
      Made made, Map<String, String> links, Map<String, String> certain) {
    String literal = made.target().literal();
    if (literal == null || links.isEmpty()) {
      return List.of(made.target());
    }
    List<Word> targets = new ArrayList<>();
    for (Map<String, String> followed : List.of(certain, links)) {
      Word target = Word.of(follow(Paths.normalize(literal), made.last(), followed));
      if (!targets.contains(target)) {
        targets.add(target);
      }
    }
    return targets;
  }

  private static String follow(String path, boolean last, Map<String, String> links) {
    int slash = path.lastIndexOf('/');
    return last || slash <= 0
        ? Paths.follow(path, links)
        : Paths.normalize(Paths.follow(path.substring(0, slash), links) + path.substring(slash));
  }

  private static @Nullable Made made(Operation operation) {
    if (operation instanceof Operation.Directory directory) {
      return new Made(directory.target(), false, false);
    } else if (operation instanceof Operation.Symlink symlink) {
      return new Made(symlink.target(), false, false);
    } else if (operation instanceof Operation.Chmod chmod) {
      return new Made(chmod.target(), true, false);
    } else if (operation instanceof Operation.Data data && data.as() == Copied.FILE) {
      return new Made(data.target(), true, false);
    }
    List<Showing> shown = Showing.of(operation);
    return shown.isEmpty() ? null : new Made(shown.get(0).target(), true, true);
  }

  private static boolean isCertain(Operation operation) {
    boolean optional = operation instanceof Operation.Bind bind && bind.optional();
    return !optional && operation.question() == null;
  }

  private static List<Under> under(
      List<Operation> before, Word target, boolean mounted, boolean every) {
    List<Under> under = new ArrayList<>();
    String literal = target.literal();
    for (int i = before.size() - 1; i >= 0; i--) {
      Operation earlier = before.get(i);
      boolean made = earlier instanceof Operation.Data data && data.as() == Copied.FILE;
      List<Showing> shown = made ? List.of() : Showing.of(earlier);
      for (Showing showing : shown) {
        String place = showing.target().literal();
        boolean known = literal != null && place != null;
        boolean apart =
            literal != null
                && place != null
                && !Paths.isWithin(Paths.normalize(literal), Paths.normalize(place));
        if (apart) {
          continue;
        }
        boolean certain = isCertain(earlier) && shown.size() == 1;
        // To the mount itself leads no way through it.
        Word source = target.equals(showing.target()) ? null : source(showing);
        under.add(
            new Under(
                source, showing.target(), certain, every && (!mounted || isChanged(showing))));
        if (known && certain) {
          return under;
        }
      }
    }
    return under;
  }

  private static @Nullable Word source(Showing showing) {
    Word source = showing.source();
    boolean tree =
        switch (showing.kind()) {
          case BIND, UPPER, LAYER -> true;
          case SOCKET, COPY, OWN -> false;
        };
    boolean asked =
        source != null && source.parts().stream().anyMatch(Word.PythonModule.class::isInstance);
    return tree && !asked ? source : null;
  }

  private static boolean isChanged(Showing showing) {
    return showing.kind() == Showing.Kind.UPPER
        || (showing.kind() == Showing.Kind.BIND && showing.access() != Access.RO);
  }
}
