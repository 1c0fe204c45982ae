package dev.broot.translate;

import dev.broot.bwrap.BwrapOption;
import dev.broot.diagnostic.Visible;
import dev.broot.spec.Namespace;
import dev.broot.spec.Paths;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a command line of bubblewrap, option by option, and says each as a line of a spec. */
final class CommandLineReader {
  private static final String SHARE_NET = "share-net";
  private static final String DATA =
      "what the descriptor holds is not seen here; say which file it is with `--fd NUMBER=FILE`";

  // Those of the command line, or of a file in it.
  private List<String> arguments;
  private String where = "";
  private int at;
  private final List<String> settings = new ArrayList<>();
  private final MountLines mounts = new MountLines(this);
  private final List<String> refused = new ArrayList<>();
  private final Map<String, String> single = new LinkedHashMap<>();
  private final Map<String, String> namespaces = new LinkedHashMap<>();
  private final Map<String, @Nullable String> environment = new LinkedHashMap<>();
  private final Map<String, Boolean> capabilities = new LinkedHashMap<>();
  private final Map<String, String> descriptors;
  private final Function<String, @Nullable List<String>> files;
  private boolean cleared;

  CommandLineReader(
      List<String> arguments,
      Map<String, String> descriptors,
      Function<String, @Nullable List<String>> files) {
    this.arguments = arguments;
    this.descriptors = descriptors;
    this.files = files;
    boolean named =
        !arguments.isEmpty() && Paths.normalize("/" + arguments.get(0)).endsWith("/bwrap");
    at = named ? 1 : 0;
    if (!named && !arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
      refuse(0, "a command line starts with bwrap or with an option of it");
    }
  }

  /** What was refused, and why. */
  List<String> refused() {
    return refused;
  }

  /** Reads all; the program and its arguments. */
  List<String> read() {
    options();
    List<String> program =
        at < arguments.size() ? arguments.subList(at, arguments.size()) : List.of();
    refused.addAll(mounts.unfinished());
    return program;
  }

  private void options() {
    while (at < arguments.size() && arguments.get(at).startsWith("--")) {
      if (arguments.get(at).equals("--")) {
        at++;
        break;
      }
      option();
    }
    if (at < arguments.size() && arguments.get(at).startsWith("-") && !isBehindDashes()) {
      refuse(at, "an option of bwrap starts with two dashes");
    }
  }

  // bubblewrap reads a file of arguments at its place, and no program from it.
  private void fromFile(String descriptor, int index) {
    String file = descriptors.get(descriptor);
    List<String> held = file == null ? null : files.apply(file);
    if (!where.isEmpty()) {
      refuse(index, "bubblewrap takes no `--args` in a file of arguments");
    } else if (file == null) {
      refuse(index, DATA);
    } else if (held == null) {
      refuse(index, "the file `" + file + "` cannot be read");
    } else {
      List<String> outer = arguments;
      int behind = at;
      arguments = held;
      where = "of `" + file + "`, ";
      at = 0;
      options();
      for (; at < arguments.size(); at++) {
        refuse(at, "bubblewrap reads no program from a file of arguments, and drops it");
      }
      where = "";
      arguments = outer;
      at = behind;
    }
  }

  private boolean isBehindDashes() {
    return at > 0 && arguments.get(at - 1).equals("--");
  }

  void refuse(int index, String why) {
    refused.add(where + (index + 1) + ": `" + arguments.get(index) + "`: " + why);
  }

  private void option() {
    int index = at;
    String name = arguments.get(at++);
    BwrapOption option = BwrapOption.of(name);
    if (option == null) {
      refuse(index, "no option of bubblewrap 0.8 to 0.12 that broot knows");
      return;
    }
    if (at + option.arguments() > arguments.size()) {
      refuse(index, "its value is missing");
      at = arguments.size();
      return;
    }
    List<String> values = arguments.subList(at, at + option.arguments());
    at += option.arguments();
    String why = problem(values);
    if (why != null) {
      refuse(index, why);
    } else {
      say(option, values, index);
    }
  }

  private static @Nullable String problem(List<String> values) {
    for (String value : values) {
      if (value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
        return "its value is not UTF-8, and a spec is";
      }
    }
    return null;
  }

  private void say(BwrapOption option, List<String> values, int index) {
    String first = values.isEmpty() ? "" : values.get(0);
    Setting.Kind setting = option.setting();
    if (setting != null) {
      setting(setting, first, index);
      return;
    }
    switch (option) {
      case HELP -> refuse(index, "it asks for help");
      case VERSION -> refuse(index, "it asks for the version");
      case UNSHARE_USER -> unshare(Namespace.USER);
      case UNSHARE_USER_TRY -> unshare(Namespace.USER_TRY);
      case UNSHARE_IPC -> unshare(Namespace.IPC);
      case UNSHARE_PID -> unshare(Namespace.PID);
      case UNSHARE_NET -> unshare(Namespace.NET);
      case UNSHARE_UTS -> unshare(Namespace.UTS);
      case UNSHARE_CGROUP -> unshare(Namespace.CGROUP);
      case UNSHARE_CGROUP_TRY -> unshare(Namespace.CGROUP_TRY);
      case UNSHARE_ALL -> unshare(Namespace.ALL);
      case SHARE_NET -> namespaces.put(SHARE_NET, "share net");
      case CHDIR -> once("chdir", target(first, index), index);
      case NEW_SESSION -> single.put("new-session", "");
      case DIE_WITH_PARENT -> single.put("die-with-parent", "");
      case CLEARENV -> {
        cleared = true;
        environment.clear();
      }
      case SETENV -> variable(first, values.get(1), index);
      case UNSETENV -> variable(first, null, index);
      case ARGS -> fromFile(first, index);
      case ADD_SECCOMP_FD -> settings.add("seccomp " + input(first, index));
      case CAP_ADD -> capability(first, true, index);
      case CAP_DROP -> capability(first, false, index);
      case PERMS -> mounts.octal(first, index);
      case SIZE -> mounts.bytes(first, index);
      case BIND,
          BIND_TRY,
          DEV_BIND,
          DEV_BIND_TRY,
          RO_BIND,
          RO_BIND_TRY,
          BIND_FD,
          RO_BIND_FD,
          REMOUNT_RO,
          OVERLAY_SRC,
          OVERLAY,
          TMP_OVERLAY,
          RO_OVERLAY,
          PROC,
          DEV,
          TMPFS,
          MQUEUE,
          DIR,
          FILE,
          BIND_DATA,
          RO_BIND_DATA,
          SYMLINK,
          CHMOD ->
          mounts.add(option, values, index);
      default -> refuse(index, "broot has no word for it");
    }
  }

  private void setting(Setting.Kind kind, String value, int index) {
    switch (kind.takes()) {
      case NOTHING -> single.put(kind.word(), "");
      case TEXT -> text(kind, value, index);
      case HOST_FILE -> once(kind.word(), input(value, index), index);
      case SANDBOX_FILE -> settings.add(kind.word() + " " + path(value, index));
      case DESCRIPTOR -> descriptor(kind, value, index);
    }
  }

  private void text(Setting.Kind kind, String value, int index) {
    if (kind == Setting.Kind.UID || kind == Setting.Kind.GID) {
      number(kind.word(), value, index);
    } else {
      once(kind.word(), Quoted.word(value), index);
    }
  }

  private void unshare(Namespace namespace) {
    namespaces.put(namespace.word(), "unshare " + namespace.word());
  }

  // bubblewrap takes the last one.
  private void once(String name, String value, int index) {
    String before = single.put(name, value);
    if (before != null) {
      settings.add("# argument " + (index + 1) + " replaces `" + name + " " + before + "`");
    }
  }

  // Its number is the caller's affair at each run.
  private void descriptor(Setting.Kind kind, String value, int index) {
    if (!value.matches("[0-9]{1,9}")) {
      refuse(index, "`" + value + "` is not a number");
      return;
    }
    single.put("descriptor " + kind.word(), "");
  }

  private void number(String name, String value, int index) {
    if (value.matches("[0-9]{1,9}")) {
      once(name, value, index);
    } else {
      refuse(index, "`" + value + "` is not a number");
    }
  }

  private void variable(String name, @Nullable String value, int index) {
    if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      environment.put(name, value);
    } else {
      refuse(index, "`" + name + "` is not the name of a variable");
    }
  }

  private void capability(String name, boolean add, int index) {
    if (!name.matches("[A-Za-z0-9_]+")) {
      refuse(index, "`" + name + "` is not the name of a capability");
      return;
    }
    if (name.equalsIgnoreCase("ALL")) {
      capabilities.clear();
    }
    String full = name.toUpperCase(java.util.Locale.ROOT);
    capabilities.remove(full);
    capabilities.put(full, add);
  }

  String path(String value, int index) {
    if (!value.startsWith("/")) {
      refuse(index, "`" + value + "` is a relative path, which depends on where bwrap is called");
      return "/";
    }
    return Quoted.word(value);
  }

  String input(String descriptor, int index) {
    String file = descriptors.get(descriptor);
    if (file == null) {
      refuse(index, DATA);
      return "/";
    }
    return path(file, index);
  }

  String target(String value, int index) {
    // bubblewrap takes a target from the sandbox's root, with or without a slash.
    String path = value.startsWith("/") ? value : "/" + value;
    if (value.isEmpty()) {
      refuse(index, "a target is empty");
    }
    return Quoted.word(("/" + value + "/").contains("/../") ? Paths.normalize(path) : path);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("broot 1");
    lines.add("");
    lines.add("# Made from a bwrap command line by `broot import`.");
    for (String reason : refused) {
      lines.add("# refused: argument " + safe(reason));
    }
    lines.add("");
    lines.add("base none");
    lines.add("stdin inherit");
    single.forEach((name, value) -> lines.add(value.isEmpty() ? name : name + " " + value));
    lines.addAll(settings);
    namespaces();
    lines.addAll(namespaces.values());
    capabilities(lines);
    if (!cleared) {
      lines.add("env inherit");
    }
    environment.forEach(
        (name, value) -> {
          if (value != null) {
            lines.add("env " + name + " = " + Quoted.word(value));
          } else if (!cleared) {
            lines.add("env unset " + name);
          }
        });
    lines.add("");
    lines.addAll(mounts.all());
    return lines;
  }

  // Said twice, or by `all` too, it is said once; `all` only tries `user` and `cgroup`.
  private void namespaces() {
    if (namespaces.containsKey("all")) {
      namespaces.keySet().removeIf(name -> List.of("ipc", "pid", "net", "uts").contains(name));
    }
    String share = namespaces.remove(SHARE_NET);
    if (share != null && namespaces.containsKey("all")) {
      namespaces.put(SHARE_NET, share);
    } else if (share != null && namespaces.remove("net") == null) {
      settings.add("# `--share-net` changes nothing here: the network is shared");
    }
  }

  private void capabilities(List<String> lines) {
    Boolean all = capabilities.get("ALL");
    capabilities.forEach(
        (name, add) -> {
          boolean needless = !name.equals("ALL") && all != null && all.equals(add);
          if (!needless) {
            lines.add("cap " + (add ? "add " : "drop ") + name);
          }
        });
  }

  private static String safe(String text) {
    return Visible.line(text);
  }
}
