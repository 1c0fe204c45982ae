package dev.broot.permission;

import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a bind shows of what is well known on hosts, where no other line hides it. */
final class Shown {
  private static final String SOMEBODY = "somebody";
  private static final List<String> HOMES = List.of("/root", "/home");

  private static final Pattern KEYS_OF_HOST =
      Pattern.compile(
          "/etc|/etc/(g?shadow-?|ssh|ssh/ssh_host_[^/]*_key|ssl/private(/.*)?|sudoers.*|wireguard(/.*)?"
              + "|NetworkManager/system-connections(/.*)?|letsencrypt(/.*)?|krb5\\.keytab)"
              + "|(/var)?/run/secrets(/.*)?");

  // What is public in ~/.ssh is none.
  private static final Pattern KEYS =
      Pattern.compile(
          "\\.ssh(/(?!known_hosts|config|authorized_keys|[^/]*\\.pub$).*)?|\\.gnupg(/private.*)?"
              + "|(\\.aws|\\.azure|\\.kube|\\.oci|\\.password-store|\\.mozilla|\\.thunderbird|\\.terraform\\.d"
              + "|\\.huggingface|\\.kaggle|\\.local/share/keyrings|\\.config/(gcloud|gh|hub|glab-cli"
              + "|google-chrome|chromium|op|rclone|sops|doctl|hcloud|openstack))(/.*)?"
              + "|\\.(config|local|local/share|docker(/config\\.json)?|cargo/credentials(\\.toml)?"
              + "|config/git/credentials|config/containers/auth\\.json|m2/settings[^/]*\\.xml"
              + "|gradle/gradle\\.properties|claude(\\.json|/\\.credentials\\.json)?|codex(/auth\\.json)?"
              + "|gemini(/oauth_creds\\.json)?|vault-token|netrc|npmrc|pypirc|git-credentials|pgpass"
              + "|my\\.cnf|[a-z_]*_history)");

  // A bind of what lies elsewhere shows none of them.
  private static final List<Danger> SOCKETS = outsideOfHomes();
  private static final Set<String> TOPS =
      SOCKETS.stream()
          .map(danger -> Danger.parts(danger.pattern()).get(1))
          .collect(Collectors.toSet());

  private final View view;
  private final Reach reach;
  private final Homes all;
  private final World usual = World.usual();

  Shown(Permissions permissions, Homes homes) {
    all = homes;
    view = permissions.view();
    reach = permissions.reach();
  }

  private static List<Danger> outsideOfHomes() {
    return Dangers.list().stream()
        .filter(danger -> danger.least() == Access.RO && danger.pattern().startsWith("/"))
        .toList();
  }

  /**
   * The sockets on the list of dangers that lie in a directory, which may itself match a part of a
   * pattern: patterns.
   *
   * @param meaning of which kind; any where it is null
   */
  static List<String> socketsIn(String directory, @Nullable String meaning) {
    List<String> parts = Danger.parts(directory);
    if (parts.size() > 1 && !TOPS.contains(parts.get(1))) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (Danger danger : SOCKETS) {
      String path = danger.in(directory, parts);
      if (path != null && (meaning == null || meaning.equals(danger.meaning()))) {
        found.add(path);
      }
    }
    return found;
  }

  /** Whether a bind of a source shows a path of the host, at its own place. */
  boolean shows(Seen seen, String source, String path) {
    String root = view.onHost(source, usual);
    if (!PathKey.isWithin(path, root)) {
      return false;
    }
    for (Reach.Item item : reach.items()) {
      if (view.onHost(item.tree(), usual).equals(root)
          && seen.provenance().equals(item.standing().provenance())
          && reach.isSeen(item, path, root, usual)) {
        return true;
      }
    }
    return false;
  }

  /** The place of the sandbox at which a bind of a source shows a path. */
  String place(Seen seen, String source, String path) {
    String root = view.onHost(source, usual);
    return PathKey.isWithin(path, root)
        ? PathKey.join(seen.at(), PathKey.below(path, root))
        : seen.at();
  }

  /** Patterns of sockets on the list of dangers that a bind of a directory above shows. */
  List<String> sockets(Seen seen, String source) {
    return socketsIn(source, null).stream()
        .filter(pattern -> shows(seen, source, somebodys(pattern)))
        .toList();
  }

  /** The statements that hide sockets, as people write them. */
  String hiding(Seen seen, String source, List<String> sockets) {
    Set<String> statements = new LinkedHashSet<>();
    for (String socket : sockets) {
      statements.add(hiding(socket, source, path -> place(seen, source, path)));
    }
    return statements.stream().collect(Collectors.joining(", "));
  }

  /**
   * The statement that hides a socket: by the host's own name, which does for every bind of it, and
   * with all others in {@code /run} or {@code /tmp} where these are not what is bound. What a
   * pattern matches is known at the run only, so that the directory is hidden.
   *
   * @param socket a pattern of the list of dangers
   * @param source what is bound, in which it lies
   * @param place where the sandbox has a path of the host
   */
  static String hiding(String socket, String source, UnaryOperator<String> place) {
    String top = socket.substring(0, socket.indexOf('/', 1));
    boolean whole = PathKey.isWithin(top, source) && !top.equals(source);
    if ((top.equals("/run") || top.equals("/tmp")) && whole) {
      return "`tmpfs " + place.apply(top) + "`";
    }
    int star = socket.indexOf('*');
    String named = star < 0 ? socket : socket.substring(0, socket.lastIndexOf('/', star));
    return "`hide " + named + " optional`";
  }

  /** A path that a pattern of the list of dangers is about, as no host has it. */
  static String somebodys(String pattern) {
    return pattern.replace("*", SOMEBODY);
  }

  /** The homes that a bind shows as a whole, or the directories of homes. */
  List<String> homes(Seen seen, String source) {
    List<String> found = new ArrayList<>();
    for (String home : HOMES) {
      if (PathKey.isWithin(home, source) && shows(seen, source, home + "/" + SOMEBODY)) {
        found.add(home);
      }
    }
    // On few hosts there are homes in /var.
    boolean one =
        found.isEmpty()
            && !PathKey.isOpaque(source)
            && !source.equals("/var")
            && all.names(source).contains(List.of("~"));
    if (one && shows(seen, source, source + "/." + SOMEBODY)) {
      found.add(source);
    }
    if (found.isEmpty() && "".equals(inCallers(source))) {
      found.add(source);
    }
    return found;
  }

  // What stands behind the caller's home, by the name that the environment has for it; or null.
  private static @Nullable String inCallers(String source) {
    String shown = PathKey.display(source) + "/";
    for (PathKey.Parameter parameter : PathKey.parameters(source)) {
      String home = "${" + parameter.name() + "}/";
      if (parameter.variable().equals("HOME") && shown.startsWith(home)) {
        return shown.substring(home.length()).replaceFirst("/$", "");
      }
    }
    return null;
  }

  /** Whether keys or passwords are kept at a path of the host, or in it. */
  boolean isKeys(String source) {
    if (KEYS_OF_HOST.matcher(source).matches()) {
      return true;
    }
    String callers = inCallers(source);
    if (callers != null && KEYS.matcher(callers).matches()) {
      return true;
    }
    for (List<String> name : all.names(source)) {
      boolean home = name.size() > 1 && name.get(0).equals("~");
      if (home && KEYS.matcher(String.join("/", name.subList(1, name.size()))).matches()) {
        return true;
      }
    }
    return false;
  }
}
