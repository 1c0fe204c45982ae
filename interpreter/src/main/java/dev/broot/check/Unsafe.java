package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the word {@code unsafe} to what a line grants. */
final class Unsafe {
  private static final String METADATA =
      "reaches a neighbour on the host's own link, where clouds hand out the machine's credentials";

  private static final Pattern SESSIONS = Pattern.compile("(/var)?/run/.*|/tmp/.*");

  private final Judgement judgement;
  private final Diagnostics diagnostics;
  private final Set<Origin> general = new HashSet<>();

  Unsafe(Judgement judgement, Diagnostics diagnostics) {
    this.judgement = judgement;
    this.diagnostics = diagnostics;
  }

  /** Judges a spec, with the lines that it is made of. */
  void judge(Spec spec, List<List<Line>> levels) {
    for (List<Line> level : levels) {
      level.stream().filter(Unsafe::isGeneral).forEach(line -> general.add(line.origin()));
    }
    judge(spec);
    levels.forEach(level -> level.forEach(this::judgeOther));
  }

  // Whether it depends on the value of a parameter what the line grants.
  private static boolean isGeneral(Line line) {
    Statement.Body body = line.statement().body();
    return (body instanceof Statement.Bind bind && !bind.from().isLiteral())
        || (body instanceof Statement.ApiSocket socket && !socket.path().isLiteral());
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
            judge(why, !general.contains(api.provenance().origin()), api.provenance());
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

  // A directory that a line makes writable may be somebody's home on the host that it is meant for,
  // and what lies in these two may be a socket of somebody's session.
  private boolean isCertain(Mount mount) {
    if (!(mount instanceof Mount.Bind bind)) {
      // What matches is another thing on each host.
      return !(mount instanceof Mount.Matching);
    }
    String source = bind.from().literal();
    boolean socket = source != null && SESSIONS.matcher(source).matches();
    return source != null
        && !socket
        && bind.access() == Access.RO
        && !general.contains(bind.provenance().origin());
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
