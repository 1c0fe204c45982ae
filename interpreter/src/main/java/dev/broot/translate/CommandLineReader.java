package dev.broot.translate;

import dev.broot.bwrap.BwrapOption;
import dev.broot.diagnostic.Visible;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a command line of bubblewrap, option by option, and says each as a line of a spec. */
final class CommandLineReader {

  // Those of the command line, or of a file in it.
  private List<Arg> arguments;
  private String where = "";
  private int at;
  private final CommandText command;
  private final Parameters parameters;
  private final Places places;
  private final List<String> settings = new ArrayList<>();
  private final MountLines mounts;
  private final AuthorityLines authority = new AuthorityLines();
  private final List<String> refused;
  private final List<String> lost = new ArrayList<>();
  private final Map<String, String> single = new LinkedHashMap<>();
  private final Function<String, @Nullable List<String>> files;

  CommandLineReader(
      CommandText command, Launch launch, Function<String, @Nullable List<String>> files) {
    this.command = command;
    this.files = files;
    arguments = command.arguments();
    refused = new ArrayList<>(command.refused());
    parameters = new Parameters(command);
    String directory = command.directory();
    boolean known = directory != null && directory.startsWith("/");
    places = new Places(parameters, command.descriptors(), known ? directory : null);
    mounts = new MountLines(places);
    started(launch.read(arguments, this::refuse));
  }

  // The environment in which bubblewrap is started, and its limits.
  private void started(Launch.Before before) {
    at = before.options();
    settings.addAll(command.limits());
    settings.addAll(before.limits());
    try {
      if (before.cleared()) {
        authority.clear();
      } else {
        for (Map.Entry<String, Arg> variable : command.environment().entrySet()) {
          authority.set(variable.getKey(), places.text(variable.getValue()));
        }
      }
      for (Launch.Variable variable : before.variables()) {
        Arg value = variable.value();
        if (variable.passed()) {
          authority.pass(variable.name());
        } else if (value == null) {
          authority.unset(variable.name());
        } else {
          authority.set(variable.name(), places.text(value));
        }
      }
    } catch (Refused e) {
      refused.add("the environment of bwrap: " + e.why());
    }
  }

  /** What was refused, and why. */
  List<String> refused() {
    return refused;
  }

  /** Reads all; the program and its arguments. */
  List<Arg> read() {
    options();
    List<Arg> program = at < arguments.size() ? arguments.subList(at, arguments.size()) : List.of();
    refused.addAll(mounts.unfinished());
    lost.addAll(Lost.of(command.descriptors().keySet(), places.used(), told(program)));
    return program;
  }

  private List<Arg> told(List<Arg> program) {
    List<Arg> told = new ArrayList<>(program);
    command.environment().forEach((name, value) -> told.add(Arg.of(name + "=" + value.shown())));
    authority.all().forEach(line -> told.add(Arg.of(line.replace("env ", "").replace(" = ", "="))));
    return told;
  }

  /** What the program finds open where bubblewrap is called alone. */
  List<String> lost() {
    return lost;
  }

  private void options() {
    while (at < arguments.size() && isOption(arguments.get(at))) {
      if (arguments.get(at).is("--")) {
        at++;
        break;
      }
      option();
    }
    if (at < arguments.size() && arguments.get(at).startsWith("-") && !isBehindDashes()) {
      refuse(at, "an option of bwrap starts with two dashes");
    }
  }

  // A variable that stands alone among the options is one, or several; the program starts with
  // `$@`.
  private boolean isOption(Arg word) {
    Arg.Variable alone = word.alone();
    return word.startsWith("--")
        || (alone != null && alone.bare() && !alone.name().matches("[@*0-9]"))
        || (alone != null && alone.name().endsWith("[@]") && hasMore());
  }

  private boolean hasMore() {
    return arguments.subList(at + 1, arguments.size()).stream()
        .anyMatch(word -> word.startsWith("--"));
  }

  // bubblewrap reads a file of arguments at its place, and no program from it.
  private void fromFile(Arg descriptor) throws Refused {
    if (!where.isEmpty()) {
      throw new Refused("bubblewrap takes no `--args` in a file of arguments");
    }
    String file = places.name(descriptor);
    List<String> held = files.apply(file);
    if (held == null) {
      throw new Refused("the file `" + file + "` cannot be read");
    }
    List<Arg> outer = arguments;
    int behind = at;
    arguments = held.stream().map(Arg::of).toList();
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

  private boolean isBehindDashes() {
    return at > 0 && arguments.get(at - 1).is("--");
  }

  void refuse(int index, String why) {
    refused.add(
        "argument " + where + (index + 1) + ": `" + arguments.get(index).shown() + "`: " + why);
  }

  private void option() {
    int index = at;
    Arg word = arguments.get(at++);
    String name = word.literal();
    BwrapOption option = name == null ? null : BwrapOption.of(name);
    if (name == null) {
      refuse(index, "which options it holds is not seen here; write them");
      return;
    } else if (option == null) {
      refuse(index, "no option of bubblewrap 0.8 to 0.12 that broot knows");
      return;
    }
    if (at + option.arguments() > arguments.size()) {
      refuse(index, "its value is missing");
      at = arguments.size();
      return;
    }
    List<Arg> values = arguments.subList(at, at + option.arguments());
    at += option.arguments();
    try {
      say(option, values, index);
    } catch (Refused e) {
      refuse(index, e.why());
      StringBuilder whole = new StringBuilder(name);
      values.forEach(value -> whole.append(' ').append(value.shown()));
      mounts.refused(Visible.line(whole.toString()));
    }
  }

  private void say(BwrapOption option, List<Arg> values, int index) throws Refused {
    Arg first = values.isEmpty() ? Arg.of("") : values.get(0);
    Setting.Kind setting = option.setting();
    if (setting != null) {
      setting(setting, first, index);
      return;
    }
    switch (option) {
      case HELP -> throw new Refused("it asks for help");
      case VERSION -> throw new Refused("it asks for the version");
      case UNSHARE_USER -> authority.unshare(Namespace.USER);
      case UNSHARE_USER_TRY -> authority.unshare(Namespace.USER_TRY);
      case UNSHARE_IPC -> authority.unshare(Namespace.IPC);
      case UNSHARE_PID -> authority.unshare(Namespace.PID);
      case UNSHARE_NET -> authority.unshare(Namespace.NET);
      case UNSHARE_UTS -> authority.unshare(Namespace.UTS);
      case UNSHARE_CGROUP -> authority.unshare(Namespace.CGROUP);
      case UNSHARE_CGROUP_TRY -> authority.unshare(Namespace.CGROUP_TRY);
      case UNSHARE_ALL -> authority.unshare(Namespace.ALL);
      case SHARE_NET -> authority.shareNet();
      case CHDIR -> once("chdir", places.target(first), index);
      case NEW_SESSION -> single.put("new-session", "");
      case DIE_WITH_PARENT -> single.put("die-with-parent", "");
      case CLEARENV -> authority.clear();
      case SETENV -> authority.set(places.literal(first), places.text(values.get(1)));
      case UNSETENV -> authority.unset(places.literal(first));
      case ARGS -> fromFile(first);
      case ADD_SECCOMP_FD -> settings.add("seccomp " + places.input(first));
      case CAP_ADD -> authority.capability(places.literal(first), true);
      case CAP_DROP -> authority.capability(places.literal(first), false);
      case PERMS -> mounts.octal(first);
      case SIZE -> mounts.bytes(first);
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
          mounts.add(option, values);
      default -> throw new Refused("broot has no word for it");
    }
  }

  private void setting(Setting.Kind kind, Arg value, int index) throws Refused {
    switch (kind.takes()) {
      case NOTHING -> single.put(kind.word(), "");
      case TEXT -> {
        boolean number = kind == Setting.Kind.UID || kind == Setting.Kind.GID;
        once(kind.word(), number ? number(value) : places.text(value), index);
      }
      case HOST_FILE -> once(kind.word(), places.input(value), index);
      case SANDBOX_FILE -> settings.add(kind.word() + " " + places.path(value));
      // Its number is the caller's affair at each run.
      case DESCRIPTOR -> {
        number(value);
        single.put("descriptor " + kind.word(), "");
      }
    }
  }

  private String number(Arg word) throws Refused {
    String value = places.literal(word);
    if (!value.matches("[0-9]{1,9}")) {
      throw new Refused("`" + value + "` is not a number");
    }
    return value;
  }

  // bubblewrap takes the last one.
  private void once(String name, String value, int index) {
    String before = single.put(name, value);
    if (before != null) {
      settings.add("# argument " + (index + 1) + " replaces `" + name + " " + before + "`");
    }
  }

  /** The lines of a spec. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("broot 1");
    lines.add("");
    lines.add("# Made from a bwrap command line by `broot import`.");
    for (String reason : refused) {
      lines.add("# refused: " + Visible.line(reason));
    }
    if (!refused.isEmpty()) {
      lines.add("# What is refused may have hidden or forbidden something; this spec does not.");
    }
    for (String one : lost) {
      lines.add("# lost: " + Visible.line(one));
    }
    lines.add("");
    lines.add("base none");
    lines.add(Draft.CLOSED);
    lines.add("stdin " + (command.noInput() ? "null" : "inherit"));
    int declarations = lines.size();
    single.forEach((name, value) -> lines.add(value.isEmpty() ? name : name + " " + value));
    lines.addAll(settings);
    lines.addAll(authority.all());
    lines.add("");
    lines.addAll(mounts.all());
    lines.addAll(declarations, parameters.lines(lines));
    return lines;
  }
}
