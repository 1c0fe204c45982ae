package dev.broot.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.broot.ir.Mount;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.plan.PlanReader.Malformed;
import dev.broot.syntax.Statement.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The setup of a plan in JSON, and what the mounts of its temporary directories stand for. */
final class PlanSetup {
  private final Map<String, Value> prefixes = new HashMap<>();
  private final Set<String> memory = new HashSet<>();
  private final Map<String, List<Mount.Device>> devices = new HashMap<>();
  private final Map<String, Mount.Provider> providers = new HashMap<>();
  private final Map<String, Value> texts = new HashMap<>();
  private final List<Spec.TempParent> created = new ArrayList<>();

  PlanSetup(PlanNodes nodes, JsonObject root) throws Malformed {
    for (JsonElement element : PlanNodes.array(root, "setup")) {
      step(nodes, element.getAsJsonObject());
    }
  }

  private void step(PlanNodes nodes, JsonObject step) throws Malformed {
    String kind = PlanNodes.string(step, "step");
    Provenance said = nodes.said(step);
    if (kind.equals("mkdir")) {
      created.add(new Spec.TempParent(nodes.value(PlanNodes.get(step, "path")), true));
      return;
    }
    String temp = PlanNodes.string(step, "temp");
    switch (kind) {
      case "mkdtemp" -> prefixes.put(temp, nodes.value(PlanNodes.get(step, "prefix")));
      case "mount-tmpfs" -> memory.add(temp);
      case "mknod" -> device(temp, node(step, said));
      case "bind-device" -> {
        boolean optional = PlanNodes.get(step, "optional").getAsBoolean();
        device(temp, new Mount.HostDevice(PlanNodes.string(step, "name"), optional, said));
      }
      case "mkdir-in" -> PlanNodes.string(step, "name");
      case "write" ->
          texts.put(
              temp + "/" + PlanNodes.string(step, "name"),
              nodes.value(PlanNodes.get(step, "text")));
      case "serve" -> {
        String name = PlanNodes.string(step, "name");
        List<Value> command = new ArrayList<>();
        for (JsonElement word : PlanNodes.array(step, "command")) {
          command.add(nodes.shown(word));
        }
        boolean required = PlanNodes.get(step, "required").getAsBoolean();
        providers.put(temp + "/" + name, new Mount.Provider(name, command, required, said));
      }
      default -> throw new Malformed("nobody knows the step `" + kind + "`");
    }
  }

  private static Mount.Device node(JsonObject step, Provenance said) throws Malformed {
    return new Mount.Node(
        PlanNodes.string(step, "name"),
        PlanNodes.integer(step, "major"),
        PlanNodes.integer(step, "minor"),
        Integer.parseInt(PlanNodes.string(step, "mode"), 8),
        said);
  }

  private void device(String temp, Mount.Device device) {
    devices.computeIfAbsent(temp, name -> new ArrayList<>()).add(device);
  }

  /** The directory that is made on the host when it is missing, or null. */
  Spec.@Nullable TempParent created(int index) {
    return index < created.size() ? created.get(index) : null;
  }

  /** What a bind of a temporary directory is, or null where nobody knows. */
  @Nullable Mount mount(Access access, String temp, String inner, Value to, Provenance said)
      throws Malformed {
    Value prefix = prefixes.get(temp);
    if (prefix == null) {
      throw new Malformed("the temporary directory `" + temp + "` is not made");
    }
    Mount.Provider provider = providers.get(temp + "/" + inner);
    Value text = texts.get(temp + "/" + inner);
    if (memory.contains(temp)) {
      return access == Access.DEV && inner.isEmpty()
          ? new Mount.Devices(temp, to, prefix, devices.getOrDefault(temp, List.of()), said)
          : null;
    } else if (provider != null) {
      String literal = to.display();
      Value directory = Value.of(literal.substring(0, Math.max(1, literal.lastIndexOf('/'))));
      return access == Access.RW && literal.endsWith("/" + provider.name())
          ? new Mount.Apis(temp, directory, null, List.of(provider), said)
          : null;
    } else if (text != null) {
      return access == Access.RO ? new Mount.TextFile(temp, inner, to, text, said) : null;
    }
    return access == Access.RW
        ? new Mount.Scratch(temp, inner, to, inner.isEmpty() ? prefix : null, List.of(), said)
        : null;
  }
}
