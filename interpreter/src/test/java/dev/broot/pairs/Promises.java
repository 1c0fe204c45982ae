package dev.broot.pairs;

import dev.broot.cli.Called;
import dev.broot.pairs.Claim.About;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds {@code expect deny} and {@code why} to what a run shows. */
final class Promises {
  private final Workshop workshop;
  private final Scope scope;

  Promises(Workshop workshop, Scope scope) {
    this.workshop = workshop;
    this.scope = scope;
  }

  /** The claims that a run disproves. */
  List<Claim> broken(Case pair, int user, Found found) throws IOException {
    List<Claim> claims = new ArrayList<>();
    for (String denied : scope.asks(About.DENY) ? denied(pair) : Set.<String>of()) {
      String how = happened(denied, pair.before(), found);
      if (!how.isEmpty()) {
        claims.add(new Claim(About.DENY, denied, user, how));
      }
    }
    boolean raw = pair.before().lines().stream().anyMatch(line -> line.verb().equals("raw"));
    boolean asked = scope.asks(About.WHY) || scope.asks(About.WHY_NOT);
    if (user == 0 && !raw && asked && !pair.before().isOpen()) {
      claims.addAll(why(pair, found));
    }
    return claims;
  }

  /** What the spec may deny and still compile. */
  private Set<String> denied(Case pair) throws IOException {
    List<String> lines = new ArrayList<>(List.of("expect deny network"));
    Set<String> paths = new LinkedHashSet<>(HostTree.DIRECTORIES);
    paths.addAll(List.of("/srv/h/u", "/srv/h/f", "/srv/h/a/f", "/srv/h/sub/m"));
    if (scope.has(Kind.DENIED_SYMLINK)) {
      paths.add("/srv/h/link");
    }
    paths.addAll(List.of("/m", "/m/a", "/m/d", "/n", "/k", "/x", "/x/l", "/x/b", "/mnt"));
    for (String path : paths) {
      lines.add("expect deny read " + path);
      lines.add("expect deny write " + path);
    }
    for (String verb : List.of("read", "write")) {
      lines.add("expect deny " + verb + " /srv/h except /srv/h/a /srv/h/sub");
      lines.add("expect deny " + verb + " /m except /m/a");
      lines.add("expect deny " + verb + " /m except /m/l /m/a/b");
      lines.add("expect deny " + verb + " /m except /n /k/a");
      lines.add("expect deny " + verb + " /n except /n/l /m/a");
      lines.add("expect deny " + verb + " /k except /k/a /x");
    }
    String spec = workshop.write(pair.before(), "deny", pair.values(), lines);
    int first =
        pair.before().files("deny", pair.values()).values().iterator().next().origins().size();
    Set<String> held = new LinkedHashSet<>();
    lines.forEach(line -> held.add(line.substring("expect deny ".length())));
    for (Workshop.Complaint error : workshop.errors(spec)) {
      int at = error.line() - 1 - first;
      boolean here = Path.of(error.file()).getFileName().toString().equals("deny.broot");
      if (here && at >= 0) {
        held.remove(lines.get(at).substring("expect deny ".length()));
      } else {
        return Set.of();
      }
    }
    return held;
  }

  // How what is denied happened, or nothing.
  private static String happened(String denied, Side side, Found found) {
    if (denied.equals("network")) {
      return first(
          found.facts(),
          List.of("use the host's network", "use the host's abstract"),
          "",
          List.of());
    }
    boolean write = denied.startsWith("write ");
    List<String> words = List.of(denied.split(" ", -1));
    String path = words.get(1);
    List<String> except = words.size() > 3 ? words.subList(3, words.size()) : List.of();
    List<String> verbs =
        write
            ? List.of("write ", "make files in ", "remove ")
            : List.of("read the live ", "read ", "list ");
    String object = HostTree.LEADS.getOrDefault(path, path);
    String how = first(found.facts(), verbs, object, except);
    if (!how.isEmpty()) {
      return "the program can " + how + " of the host";
    }
    return inside(path, except, write, links(side), found, new HashSet<>());
  }

  // The names of the symlinks that a sandbox makes.
  private static Set<String> links(Side side) {
    Set<String> names = new HashSet<>();
    for (Line line : side.lines()) {
      if (line.verb().equals("symlink")) {
        String name = line.text().replaceFirst(" (if symlink|default)$", "");
        names.add(name.substring(name.lastIndexOf('/') + 1));
      }
    }
    return names;
  }

  // How it happened at a path and below it, or where the sandbox's own symlinks there lead.
  private static String inside(
      String path,
      List<String> except,
      boolean write,
      Set<String> links,
      Found found,
      Set<String> seen) {
    for (Map.Entry<String, Found.Inside> entry : found.inside().entrySet()) {
      Found.Inside inside = entry.getValue();
      String at = entry.getKey();
      if (!isAbout(at, path, except)) {
        continue;
      }
      boolean can =
          write
              ? inside.write()
              : !inside.tokens().isEmpty() || (inside.read() && !inside.host().isEmpty());
      if (List.of("d", "f").contains(inside.kind()) && can) {
        return "the program can do that at " + at;
      }
      if (!inside.leads().isEmpty() && isMade(at, links, found)) {
        List<String> left = new ArrayList<>(except);
        except.stream()
            .filter(one -> isWithin(one, at))
            .forEach(one -> left.add(inside.leads() + one.substring(at.length())));
        String how =
            seen.add(inside.leads()) ? inside(inside.leads(), left, write, links, found, seen) : "";
        if (!how.isEmpty()) {
          return how + ", to which " + at + " leads";
        }
      }
    }
    return "";
  }

  // Whether the sandbox made a symlink, and the host has none there.
  private static boolean isMade(String link, Set<String> links, Found found) {
    int slash = link.lastIndexOf('/');
    Found.Inside parent = found.inside().get(slash == 0 ? "/" : link.substring(0, slash));
    return links.contains(link.substring(slash + 1)) && parent != null && parent.host().isEmpty();
  }

  private static boolean isAbout(String at, String path, List<String> except) {
    return isWithin(at, path) && except.stream().noneMatch(one -> isWithin(at, one));
  }

  private static String first(
      Set<String> facts, List<String> verbs, String path, List<String> except) {
    for (String verb : verbs) {
      for (String fact : facts) {
        boolean about = fact.startsWith(verb);
        if (about && (path.isEmpty() || isAbout(fact.substring(verb.length()), path, except))) {
          return fact;
        }
      }
    }
    return "";
  }

  static boolean isWithin(String path, String parent) {
    return path.equals(parent) || parent.equals("/") || path.startsWith(parent + "/");
  }

  // Where it may be so on another host, or by the name that is said.
  private static boolean depends(Side side) {
    return side.lines().stream()
        .anyMatch(
            line ->
                line.text()
                        .matches(".* (optional|if .*|default)|(hide|protect|include|remount-ro) .*")
                    || line.kind() == Kind.SOURCE_SYMLINK
                    || line.kind() == Kind.SOURCE_DOTS
                    || line.kind() == Kind.SOURCE_ALIAS);
  }

  private static boolean isOverlaid(Side side) {
    return side.lines().stream()
        .anyMatch(line -> line.verb().equals("overlay") && line.text().contains("/srv/h/u\""));
  }

  private List<Claim> why(Case pair, Found found) throws IOException {
    String spec = workshop.write(pair.before(), "why", pair.values(), List.of());
    List<Claim> claims = new ArrayList<>();
    Set<String> asked = new HashSet<>(Generator.PLACES);
    asked.addAll(Generator.HOST_PLACES);
    asked.addAll(List.of("/m/id", "/m/a/f", "/n/id", "/k/f", "/s", "/s/d", "/run/api"));
    for (String path : asked) {
      Found.Inside inside = found.inside().get(path);
      if (inside == null || !List.of("d", "f").contains(inside.kind())) {
        continue;
      }
      for (boolean write : new boolean[] {false, true}) {
        String option = write ? "--write" : "--read";
        boolean said = Called.broot("why", option, spec, path).status() == 0;
        boolean can = write ? inside.write() : inside.read();
        // A user namespace takes from root what belongs to others; what an overlay shows has no
        // host.
        boolean foreign = isWithin(inside.host(), "/srv/h/u") || isOverlaid(pair.before());
        if (can && !said) {
          claims.add(new Claim(About.WHY_NOT, option + " " + path, 0, "it can"));
        } else if (said && !can && !foreign && !depends(pair.before())) {
          claims.add(new Claim(About.WHY, option + " " + path, 0, "it cannot"));
        }
      }
    }
    return claims;
  }
}
