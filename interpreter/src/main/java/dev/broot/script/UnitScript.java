package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;

import dev.broot.bwrap.Requirement;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Source;
import dev.broot.plan.Step;
import dev.broot.plan.Word;
import dev.broot.spec.Image;
import dev.broot.spec.Limit;
import dev.broot.spec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes a script the unit of a farm: the programs that it needs, which it looks for before
 * anything else, the plan that it was compiled from, and what it says of itself.
 */
final class UnitScript {
  private final Plan plan;
  private final RunOptions options;

  private UnitScript(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
  }

  /** What stands before all that looks at the arguments. */
  static String write(Plan plan, RunOptions options, String version) {
    UnitScript unit = new UnitScript(plan, options);
    StringBuilder out = new StringBuilder("\n");
    out.append("# Programs that the run needs, with their packages, and the golden plan.\n");
    out.append("broot_tools='").append(String.join(" ", unit.tools())).append("'\n");
    String digest = options.plan();
    out.append("broot_plan=").append(digest == null ? "" : digest).append('\n');
    // One script, many runs: each has a status file of its own.
    out.append("broot_reports=").append(options.statusFile() == null ? "" : "yes").append('\n');
    if (digest != null) {
      out.append("broot_help() {\n");
      for (String line : unit.help(digest, version)) {
        out.append("  printf '%s\\n' ").append(quote(line)).append('\n');
      }
      out.append("}\n");
    }
    return out.toString();
  }

  /** Why bash is needed, or null: a POSIX shell has names for ten descriptors. */
  static @Nullable String wantsBash(Plan plan) {
    int inputs = plan.sandbox().inputs().size() + (plan.sandbox().maps().isEmpty() ? 0 : 1);
    return !plan.sandbox().callersDescriptors().isEmpty()
        ? "descriptors are passed"
        : inputs > ScriptWords.NAMED ? inputs + " files and texts are descriptors" : null;
  }

  private List<String> tools() {
    List<String> tools = new ArrayList<>(List.of("setsid:util-linux", "env:coreutils", "awk:mawk"));
    if (options.timeout() != null || options.killAfter() != null) {
      tools.addAll(List.of("setpriv:util-linux", "sleep:coreutils"));
    }
    if (options.statusFile() != null) {
      tools.addAll(List.of("date:coreutils", "mv:coreutils", "tr:coreutils", "sed:sed"));
    }
    if (options.denied()) {
      tools.addAll(List.of("strace:strace", "sed:sed"));
    }
    if (plan.env().inherit()) {
      tools.addAll(List.of("grep:grep", "sed:sed"));
    }
    if (plan.needsHostSetup()) {
      tools.addAll(List.of("mkdir:coreutils", "rm:coreutils", "stat:coreutils"));
      tools.addAll(List.of("flock:util-linux", "grep:grep"));
    }
    if (plan.image() != null) {
      tools.add("stat:coreutils");
    }
    if (plan.needsRoot() != null) {
      tools.addAll(List.of("unshare:util-linux", "mount:mount"));
      tools.addAll(List.of("umount:mount", "mknod:coreutils", "cp:coreutils"));
    }
    if (plan.setup().stream().anyMatch(Step.StartProvider.class::isInstance)) {
      tools.addAll(List.of("setpriv:util-linux", "sleep:coreutils"));
    }
    for (Limit limit : plan.sandbox().limits()) {
      if (!limit.bestEffort()) {
        tools.addAll(held(limit.kind()));
      }
    }
    if (!plan.sandbox().maps().isEmpty()) {
      tools.add("id:coreutils");
    }
    if (plan.sandbox().operations().stream()
        .anyMatch(
            operation ->
                operation instanceof Operation.Bind bind
                    && bind.source() instanceof Source.PythonModule
                    && bind.question() == null)) {
      tools.add("python3:python3");
    }
    if (wantsBash(plan) != null) {
      tools.add("bash:bash");
    }
    return tools.stream().distinct().toList();
  }

  // net.sh looks for them, also where an ordinary user's PATH does not lead, and says which line
  // asks.
  private List<String> network() {
    Network network = plan.sandbox().network();
    List<String> programs = new ArrayList<>();
    if (network == null) {
      return programs;
    }
    if (network.outside() == null) {
      programs.addAll(List.of("socat", "getent"));
    }
    if (network.isProxied()) {
      programs.add("tinyproxy");
    }
    if (network.outside() != null || network.isProxied()) {
      programs.add("pasta or slirp4netns");
    }
    programs.addAll(List.of("ip", "unshare", "mount", "nsenter", "setpriv"));
    return programs;
  }

  private static List<String> held(Limit.Kind kind) {
    return switch (kind.holder()) {
      case CGROUP -> List.of("mkdir:coreutils", "rmdir:coreutils");
      case RLIMIT -> List.of("prlimit:util-linux");
      case PROCESS ->
          switch (kind) {
            case NICE -> List.of("renice:util-linux");
            case CPUS -> List.of("taskset:util-linux");
            default -> List.of("choom:util-linux");
          };
    };
  }

  private List<String> help(String digest, String version) {
    Word entry = plan.entry();
    String program = entry == null ? "PROGRAM " : "";
    List<String> lines = new ArrayList<>();
    boolean reports = options.statusFile() != null;
    lines.add(
        "Usage: SCRIPT [--help] "
            + (reports ? "[--status-file=FILE] " : "")
            + "[--] "
            + program
            + "[ARGUMENT...]");
    lines.add(
        "Runs "
            + (entry == null ? "PROGRAM" : entry.shown())
            + " in the sandbox "
            + ShellWords.display(plan.name())
            + ", compiled by broot "
            + version
            + ".");
    lines.add(
        "What follows `--` is the "
            + (entry == null
                ? "program and its arguments."
                : "program's, whatever it looks like."));
    lines.add("");
    lines.add("plan      " + digest + " (of the golden plan: sha256sum NAME.plan)");
    lines.addAll(needs());
    String names =
        plan.sandbox().callersDescriptors().stream()
            .map(name -> " " + name + "=" + options.passed().get(name))
            .collect(Collectors.joining());
    if (!names.isEmpty()) {
      lines.add("open      the descriptors" + names);
    }
    lines.addAll(statuses());
    return lines;
  }

  private List<String> needs() {
    Requirement requirement = Requirement.of(plan);
    List<String> lines = new ArrayList<>();
    lines.add(
        "needs     bwrap"
            + (requirement == null ? "" : " 0." + requirement.minor())
            + Stream.concat(
                    tools().stream().map(tool -> tool.substring(0, tool.indexOf(':'))),
                    network().stream())
                .distinct()
                .map(tool -> ", " + tool)
                .collect(Collectors.joining())
            + " on PATH; /proc; "
            + (plan.needsRoot() == null ? "root or user namespaces" : "root"));
    if (!plan.sandbox().maps().isEmpty()) {
      lines.add("          newuidmap and newgidmap, if who runs it is not root");
    }
    Image image = plan.image();
    if (image != null) {
      lines.add(
          "          at the first run on a host "
              + unpacker(image)
              + ", flock, sha256sum, and the "
              + image.format().word()
              + " image "
              + Word.of(image.path()).shown());
    }
    return lines;
  }

  // What a tarball is compressed with, the shell knows by its name.
  private static String unpacker(Image image) {
    return switch (image.format()) {
      case OCI -> "umoci";
      case TAR -> "tar, and what it is compressed with";
      case SQUASHFS -> "unsquashfs";
      case EROFS -> "fsck.erofs";
    };
  }

  private List<String> statuses() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "status    the program's own, 128+N if signal N ended it",
                "          124 the time that it was given ran out",
                "          125 broot or the set-up failed; stderr says why",
                "          126 the program cannot be executed, 127 it is not there"));
    if (options.statusFile() != null) {
      lines.add(
          "          FILE gets the outcome as JSON; the default is "
              + ShellWords.display(String.valueOf(options.statusFile())));
    }
    return lines;
  }
}
