package dev.broot.pairs;

import dev.broot.pairs.Line.Level;
import dev.broot.pairs.Side.Source;
import dev.broot.pairs.Side.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes specs over every statement of the language. What does not compile is mended later. */
final class Generator {
  /** Places in a sandbox whose root is in memory. */
  static final List<String> PLACES =
      List.of(
          "/m",
          "/m",
          "/m",
          "/m/a",
          "/m/a",
          "/m/a/b",
          "/m/d",
          "/m/f",
          "/m/u",
          "/m/s",
          "/m/sub",
          "/m/sub/m",
          "/m/away",
          "/m/away/x",
          "/m/hop/x",
          "/m/link/x",
          "/n/away/id",
          "/m/v",
          "/n",
          "/n",
          "/n/a",
          "/n/c",
          "/k",
          "/k/a",
          "/x/l",
          "/x/b",
          "/srv/h",
          "/srv/h/a",
          "/tmp/t",
          "/o");

  /** Places in a sandbox whose root is the host's: there they have to be. */
  static final List<String> HOST_PLACES =
      List.of(
          "/srv/h",
          "/srv/h/a",
          "/srv/h/a/b",
          "/srv/h/d",
          "/srv/h/u",
          "/srv/h/f",
          "/srv/h/sub/m",
          "/srv/h/link",
          "/srv/o",
          "/srv/o/d",
          "/mnt",
          "/srv");

  /** Fragments that ship, with what they do to anybody. */
  private static final List<String> SHIPPED =
      List.of("secrets", "dns", "certificates", "timezone", "users", "caches", "audio", "git-user");

  private final Dice dice;
  private final List<Kind> kinds;
  private final boolean environments;
  private final List<String> places = new ArrayList<>();
  private final List<String> hostPlaces = new ArrayList<>();
  private final List<String> directories = new ArrayList<>();
  private final Authorities authorities;
  private final List<String> used = new ArrayList<>();
  private Start start = Start.HOST;

  /**
   * A source of specs.
   *
   * @param kinds what they may hold, each as often as it weighs
   */
  Generator(Dice dice, List<Kind> kinds) {
    this.dice = dice;
    this.kinds = some(kinds, 8);
    environments = kinds.contains(Kind.PARAM_ENV);
    // A few, so that lines are about the same.
    places.addAll(some(PLACES, 3 + dice.below(3)));
    hostPlaces.addAll(some(HOST_PLACES, 3));
    directories.addAll(some(HostTree.DIRECTORIES, 2 + dice.below(3)));
    authorities = new Authorities(dice);
  }

  private <T> List<T> some(List<T> of, int number) {
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      chosen.add(dice.of(of));
    }
    return chosen;
  }

  /** A spec. */
  Side side() {
    int kind = dice.below(100);
    start = kind < 60 ? Start.HOST : kind < 90 ? Start.NONE : Start.WHOLE;
    List<Line> lines = new ArrayList<>();
    used.clear();
    Level base = dice.percent(25) ? Level.BASE : Level.OWN;
    Level fragment = dice.percent(15) ? Level.FRAGMENT : Level.OWN;
    for (int left = 1 + dice.below(6); left > 0; left--) {
      Level level = dice.of(base, fragment, Level.OWN);
      for (Line line : some()) {
        boolean ofBases = List.of("mounts-here", "require").contains(line.verb());
        lines.add(line.at(ofBases ? Level.BASE : level));
      }
    }
    Map<String, Source> ways = new HashMap<>();
    for (String name : List.of("p", "q", "s", "t")) {
      boolean environment = environments && dice.percent(40);
      ways.put(name, environment ? Source.ENVIRONMENT : dice.of(Source.GIVEN, Source.DEFAULT));
    }
    return new Side(start, List.of(), ways).with(lines);
  }

  /** Makes lines for specs that start so. */
  Generator startingWith(Start other) {
    start = other;
    return this;
  }

  /** One statement, with those that it needs. */
  List<Line> some() {
    Kind kind = dice.of(kinds);
    return texts(kind).stream().map(text -> Line.of(kind, text)).toList();
  }

  private List<String> texts(Kind kind) {
    return switch (kind) {
      case BIND -> List.of(bind(source()));
      case CONDITION ->
          List.of(bind(conditional()) + dice.of(" optional", " if directory", " if owned"));
      case DEFAULT -> List.of(giving() + " default");
      case SHIPPED -> List.of("include " + dice.of(SHIPPED));
      case SOURCE_SYMLINK -> List.of(bind(dice.of(HostTree.SYMLINKS)));
      case SOURCE_DOTS -> List.of(bind(dice.of(HostTree.DOTS)));
      case SOURCE_ALIAS -> List.of(bind(dice.of(HostTree.ALIASES)));
      case SUBMOUNT -> List.of(bind(dice.of(HostTree.SUBMOUNTS)));
      case PARAM, PARAM_ENV -> List.of(parameter());
      case TMPFS -> List.of("tmpfs " + place() + dice.of("", "", " mode 0755", " mode 01777"));
      case RESOURCE -> List.of("tmpfs " + place() + dice.of(" size 64KiB", " size 1MiB", ""));
      case DIR -> List.of("dir " + place() + dice.of("", "", " mode 0700"));
      case SYMLINK ->
          List.of("symlink " + linkText() + " -> " + linkPlace() + dice.of("", "", " if symlink"));
      case REMOUNT_RO ->
          List.of("remount-ro " + dice.of(usedPlace(), usedPlace(), usedPlace(), "/"));
      case CHMOD -> List.of("chmod " + dice.of("0777", "0700", "0755") + " " + usedPlace());
      case FILE -> List.of("file " + file() + " -> " + place() + dice.of("", "/f", "/g") + mode());
      case BIND_DATA ->
          List.of(
              "bind-data " + dice.of("ro", "rw") + " " + file() + " -> " + filePlace() + mode());
      case TEXT ->
          List.of("text " + filePlace() + " = " + dice.of("x", "y", "${s}", "${t}") + mode());
      case OVERLAY -> List.of(overlay());
      case PROC -> List.of("proc " + dice.of("/proc", "/proc", "/m", "/p"));
      case DEV -> List.of("dev " + dice.of("/dev", "/m", "/d"));
      case MQUEUE -> List.of("mqueue " + dice.of("/dev/mqueue", "/m", "/q"));
      case DEVICES -> devices();
      case SCRATCH -> scratch();
      case MODULE -> List.of("module json -> " + place() + dice.of("", " if empty /srv/h/v"));
      case LIBDIR -> List.of("libdir " + source(), "libdir-bind " + place());
      case API_SOCKET -> api("api x socket " + socket());
      case API_SERVE -> served();
      case RAW -> List.of("raw " + raw());
      case MASK -> List.of(mask());
      case DEVICE_PATTERN -> List.of("bind dev " + devicePattern() + dice.of("", " optional"));
      case DROP ->
          List.of(
              "drop " + dice.of("/tmp", "/dev", "/proc", "/usr", "env HOME", "env S1", place()));
      default -> authorities.texts(kind);
    };
  }

  private String place() {
    String place = dice.of(start == Start.WHOLE ? hostPlaces : places);
    used.add(place);
    return place;
  }

  // Where something is, most often.
  private String usedPlace() {
    return used.isEmpty() || dice.percent(15) ? place() : dice.of(used);
  }

  private String filePlace() {
    return dice.of(place(), "/t", "/m/f", "/m/a/f", "/srv/h/f");
  }

  /** A path of the host, in its plain name. */
  String source() {
    int kind = dice.below(100);
    return kind < 65
        ? dice.of(directories)
        : kind < 80
            ? dice.of(HostTree.OWNED)
            : kind < 96 ? dice.of(HostTree.FILES) : dice.of(HostTree.VOLATILE);
  }

  private String conditional() {
    return dice.percent(60) ? dice.of(HostTree.VOLATILE) : dice.of(source(), "/srv/h/link");
  }

  private String file() {
    return dice.of(HostTree.FILES);
  }

  private String bind(String source) {
    return "bind " + dice.of("ro", "ro", "rw", "rw", "dev") + " " + source + " -> " + place();
  }

  private String devicePattern() {
    return dice.of("/dev/nul?", "/dev/z*", "/dev/fu*", "/dev/fus?", "/dev/km*", "/dev/none*");
  }

  private String parameter() {
    String source = dice.of("${p}", "${p}", "${p}", "${p}/..", "${p}/.", "${q}", "${q}", "${p}/d");
    int kind = dice.below(10);
    return kind == 0
        ? "bind ro " + source() + " -> ${q}"
        : kind == 1 ? "tmpfs ${q}" : bind(source) + dice.of("", "", " optional");
  }

  private String mask() {
    String verb = dice.of("hide ", "protect ");
    return dice.percent(30)
        ? verb + dice.of(directories) + dice.of("/**/f", "/**/d", "/?", "/**/* except /srv/h/a")
        : verb
            + dice.of(source(), source(), dice.of(HostTree.SYMLINKS), usedPlace() + "/a")
            + dice.of("", " optional", " optional");
  }

  private String mode() {
    return dice.of("", "", "", " mode 0644", " mode 0700");
  }

  // What makes room for a line that comes later.
  private String giving() {
    return dice.percent(70)
        ? bind(source()) + dice.of("", " optional", " if directory")
        : dice.of("symlink " + linkText() + " -> " + linkPlace(), "text " + filePlace() + " = x");
  }

  private String linkText() {
    return dice.of(
        "m", "a", "b", "/m", "/m/a", "../m", "/n", "nowhere", "/srv/h", "..", "/x/b", "/k", "../a");
  }

  private String linkPlace() {
    return dice.of("/k", "/k", "/x/l", "/m/l", "/n/l", "/m/a", "/n", "/m/a/l");
  }

  private String overlay() {
    String lower = "\"" + dice.of("/srv/h/a", "/srv/h/d", "/srv/o", "/srv/h", "/srv/h/link") + "\"";
    String second = "\"" + dice.of("/srv/h/d", "/srv/o/d", "/srv/h/a/b", "/srv/h/u") + "\"";
    String how = dice.of("tmpfs", "ro", "rw /srv/h/upper work /srv/h/work");
    boolean two = how.equals("ro") || dice.percent(40);
    return "overlay [" + lower + (two ? ", " + second : "") + "] " + how + " -> " + place();
  }

  private List<String> devices() {
    List<String> all =
        new ArrayList<>(List.of("devices " + dice.of("/dv", "/m", "/dev") + " prefix x-"));
    if (dice.percent(50)) {
      all.add("node log c 1:11 0666");
    }
    if (dice.percent(40)) {
      all.add("device fuse optional");
    }
    all.add(dice.of("device null", "node null c 1:3 0666"));
    return all;
  }

  private List<String> scratch() {
    String place = dice.of("/s", "/s", "/m", "/m/s");
    List<String> all = new ArrayList<>();
    boolean shared = dice.percent(40);
    if (shared) {
      all.add("temp prefix t-");
    }
    all.add("scratch " + place + (shared ? "" : " prefix x-"));
    if (dice.percent(40)) {
      all.add("scratch-dir " + place + "/d 01777");
    }
    if (dice.percent(30)) {
      all.add("remount-ro " + place);
    }
    return all;
  }

  private List<String> api(String line) {
    return List.of("apis /run/api" + dice.of("", "", " prefix x-"), line);
  }

  private String socket() {
    return dice.of("/srv/h/s/sock", "/srv/o/sock", "/srv/h/out/sock", "/srv/h/d", "/srv/h/v");
  }

  private List<String> served() {
    List<String> all = new ArrayList<>(api(server()));
    if (dice.percent(50)) {
      all.add("api y add " + dice.of("--more", "--less"));
    }
    return all;
  }

  private String server() {
    String words = dice.of("\"a b\"", "\"a\", \"b\"", "\"a\"", "\"${s}\"", "\"${p}\"");
    return "api y serve [\"/usr/bin/python3\", \"-I\", \"-S\", \"/srv/server\", "
        + words
        + ", \"${socket}\"]"
        + dice.of("", " required");
  }

  private String raw() {
    String place = place();
    return switch (dice.below(6)) {
      case 0 -> "[\"--ro-bind\", \"" + source() + "\", \"" + place + "\"]";
      case 1 -> "[\"--bind\", \"" + source() + "\", \"" + place + "\"]";
      case 2 -> "[\"--tmpfs\", \"" + place + "\"]";
      case 3 -> "[\"--share-net\"]";
      case 4 -> "[\"--remount-ro\", \"" + place + "\"]";
      default -> "[\"--unshare-pid\"]";
    };
  }
}
