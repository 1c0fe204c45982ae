package dev.broot.translate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.plan.Sandbox;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters of system calls by name, as a bundle says them. */
final class OciSeccomp {
  private static final String ERROR = "SCMP_ACT_ERRNO";
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  // The youngest that libseccomp 2.5.4 knows, set_mempolicy_home_node.
  private static final int KNOWN = 450;
  private static final Map<String, List<String>> ARCHITECTURES =
      Map.of(
          "amd64", List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"),
          "aarch64", List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"));

  private final Shortfalls shortfalls;
  private final Map<String, JsonObject> calls = new LinkedHashMap<>();

  private OciSeccomp(Shortfalls shortfalls) {
    this.shortfalls = shortfalls;
  }

  /** The filter of a sandbox, or null where it has none. */
  static @Nullable JsonObject filter(Sandbox sandbox, Shortfalls shortfalls) {
    OciSeccomp filter = new OciSeccomp(shortfalls);
    Provenance said = null;
    // First those that are held whatever their arguments are: libseccomp adds nothing to them.
    for (boolean whole : List.of(true, false)) {
      for (Syscall one : sandbox.syscalls()) {
        if (whole == (one.argument() == null)) {
          said = one.provenance();
          filter.hold(one);
        }
      }
    }
    sandbox.syscalls().forEach(filter::twins);
    for (Sandbox.Option option : sandbox.options()) {
      if (option.kind() == Setting.Kind.DISABLE_USERNS) {
        said = option.provenance();
        filter.noUserNamespaces(said);
      }
    }
    List<String> architectures = ARCHITECTURES.get(System.getProperty("os.arch", ""));
    if (filter.calls.isEmpty()) {
      return null;
    } else if (architectures == null) {
      shortfalls.refuse(said, "broot knows the filters of x86_64 and aarch64 only");
      return null;
    }
    JsonObject seccomp = new JsonObject();
    seccomp.addProperty("defaultAction", "SCMP_ACT_ALLOW");
    seccomp.add("architectures", OciJson.strings(architectures));
    JsonArray all = new JsonArray();
    filter.calls.values().forEach(all::add);
    seccomp.add("syscalls", all);
    return seccomp;
  }

  // clone3 has its flags in memory, where no filter looks, and programs fall back to clone.
  private void noUserNamespaces(Provenance said) {
    for (String call : List.of("clone", "unshare")) {
      hold(new Syscall(call, "CLONE_NEWUSER", Syscall.Action.DENY, said));
    }
    hold(new Syscall("clone3", null, Syscall.Action.DENY, said));
  }

  private void hold(Syscall one) {
    SyscallNames.Argument argument = SyscallNames.argument(one);
    if ((argument == null) != (one.argument() == null)) {
      shortfalls.refuse(one.provenance(), "broot does not know the argument of " + one.text());
      return;
    }
    if (SyscallNames.number(one.name()) > KNOWN) {
      shortfalls.wider(
          one.provenance(),
          "a runtime whose libseccomp does not know `"
              + one.name()
              + "` holds the rest without it");
    }
    JsonObject whole = calls.get(one.name());
    if (argument != null && whole != null) {
      if (whole.get("action").getAsString().equals(action(Syscall.Action.LOG))
          && one.action() != Syscall.Action.LOG) {
        shortfalls.refuse(
            one.provenance(), "libseccomp holds nothing of a call that is logged as a whole");
      }
      return;
    }
    if (whole == null || action(one.action()).equals(ERROR)) {
      calls.put(one.text(), call(one.name(), one, argument));
    }
  }

  // runc takes no notice of names that an architecture does not have. A name with a line of its own
  // is held as that says.
  private void twins(Syscall one) {
    SyscallNames.Argument argument = SyscallNames.argument(one);
    for (String name : SyscallNames.twins(one.name())) {
      Syscall twin = new Syscall(name, one.argument(), one.action(), one.provenance());
      if (!calls.containsKey(name)) {
        calls.putIfAbsent(twin.text(), call(name, one, argument));
      }
    }
  }

  private static String action(Syscall.Action action) {
    return switch (action) {
      case LOG -> "SCMP_ACT_LOG";
      case DENY -> ERROR;
      case KILL -> "SCMP_ACT_KILL_PROCESS";
    };
  }

  private static JsonObject call(
      String name, Syscall said, SyscallNames.@Nullable Argument argument) {
    JsonObject call = new JsonObject();
    call.add("names", OciJson.strings(List.of(name)));
    call.addProperty("action", action(said.action()));
    if (said.action() == Syscall.Action.DENY) {
      call.addProperty("errnoRet", SyscallNames.isMissing(said.name()) ? ENOSYS : EPERM);
    }
    if (argument != null) {
      JsonObject compared = new JsonObject();
      compared.addProperty("index", argument.index());
      compared.addProperty("value", argument.mask());
      compared.addProperty("valueTwo", argument.value());
      compared.addProperty("op", "SCMP_CMP_MASKED_EQ");
      JsonArray all = new JsonArray();
      all.add(compared);
      call.add("args", all);
    }
    return call;
  }
}
