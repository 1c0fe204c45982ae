package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.permission.Dangers;
import dev.broot.permission.Judgement;
import dev.broot.spec.Access;
import dev.broot.spec.Capabilities;
import dev.broot.spec.HostPort;
import dev.broot.spec.Mount;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.syntax.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the word {@code unsafe} to what a line grants. */
final class Unsafe {
  private static final String METADATA =
      "reaches a neighbour on the host's own link, where clouds hand out the machine's credentials";

  private static final Pattern SYSTEM =
      Pattern.compile("/(usr|bin|sbin|lib|lib32|libx32|lib64|etc|opt)(/.*)?");

  private final Judgement judgement;
  private final Diagnostics diagnostics;

  Unsafe(Judgement judgement, Diagnostics diagnostics) {
    this.judgement = judgement;
    this.diagnostics = diagnostics;
  }

  /** Judges a spec, with the lines that it is made of. */
  void judge(Spec spec, List<List<Line>> levels) {
    judge(spec);
    levels.forEach(level -> level.forEach(this::judgeOther));
  }

  private void judge(Spec spec) {
    Network network = spec.network();
    for (Mount mount : spec.mounts()) {
      // A line of the network brings a file, too, and is judged by itself.
      boolean brought = network != null && network.provenance().equals(mount.provenance());
      judge(judgement.of(mount), !brought && isCertain(mount), mount.provenance());
      if (mount instanceof Mount.Apis apis) {
        for (Mount.Endpoint endpoint : apis.apis()) {
          // The socket is bound, and may be something else.
          if (endpoint instanceof Mount.Api api) {
            String why = judgement.of(api.socket(), Access.RW);
            judge(why, false, api.provenance());
          }
        }
      } else if (mount instanceof Mount.Devices devices) {
        for (Mount.Device device : devices.nodes()) {
          judge(Dangers.of(device), true, device.provenance());
        }
      }
    }
    for (Network.Host host : network == null ? List.<Network.Host>of() : network.hosts()) {
      boolean link = HostPort.isLinkLocal(host.name());
      judge(link ? METADATA : null, true, host.provenance());
    }
    for (Spec.CapChange cap : spec.caps()) {
      String danger =
          cap.add() && Capabilities.isDangerous(cap.name())
              ? "adds a capability that can be used against the host"
              : null;
      judge(danger, true, cap.provenance());
    }
  }

  // What the host has at a path is another thing on each host: a symlink to a socket, a place at
  // which one is mounted, somebody's home. Where one host asks for `unsafe`, no other may refuse
  // it. Only the directories of the system hold what packages put there.
  private static boolean isCertain(Mount mount) {
    if (mount instanceof Mount.Bind bind) {
      String source = bind.from().literal();
      return bind.access() == Access.RO && source != null && SYSTEM.matcher(source).matches();
    }
    boolean layered = mount instanceof Mount.Overlay overlay && overlay.upper() != null;
    return !layered && !(mount instanceof Mount.Matching);
  }

  private void judgeOther(Line line) {
    Statement.Body body = line.statement().body();
    boolean judged =
        body instanceof Statement.Mount
            || body instanceof Statement.BindMatching
            || body instanceof Statement.Raw
            || body instanceof Statement.ApiSocket
            || body instanceof Statement.Device
            || body instanceof Statement.Node
            || body instanceof Statement.NetAllow
            || body instanceof Statement.Cap;
    if (body instanceof Statement.Namespace namespace && !namespace.unshare()) {
      String name = namespace.name().text();
      judge(name.equals("net") ? "gives the host's network" : null, true, line.provenance());
    } else if (body instanceof Statement.WordSetting setting
        && setting.name().text().equals(Setting.Kind.NOT_A_SECURITY_BOUNDARY.word())) {
      judge(
          "runs the program even if a part of its sandbox could not be set up",
          true,
          line.provenance());
    } else if (!judged) {
      judge(null, true, line.provenance());
    }
  }

  private void judge(@Nullable String danger, boolean certain, Provenance said) {
    if (danger != null && !said.unsafe()) {
      diagnostics.error(
          Code.NEEDS_UNSAFE,
          said.origin(),
          "this line " + danger,
          "to allow it, write `unsafe` before the line and `because \"why\"` after it");
    } else if (said.unsafe() && said.because() == null) {
      diagnostics.error(
          Code.NEEDS_BECAUSE,
          said.origin(),
          "`unsafe` without a reason",
          "end the line in `because \"why\"`");
    } else if (danger == null && certain && said.unsafe()) {
      diagnostics.error(
          Code.NOT_UNSAFE,
          said.origin(),
          "`unsafe` on a line that grants nothing dangerous",
          "remove the word `unsafe`; you can keep `because`");
    }
  }
}
