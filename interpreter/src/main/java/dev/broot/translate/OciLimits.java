package dev.broot.translate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.broot.plan.Sandbox;
import dev.broot.spec.Limit;
import java.util.Locale;

/** Limits as a bundle says them. */
final class OciLimits {
  private static final int PERIOD = 100_000;
  private static final int PERCENT = 100;

  private OciLimits() {}

  /** Those of each process. */
  static void process(Sandbox sandbox, JsonObject process, Shortfalls shortfalls) {
    JsonArray limits = new JsonArray();
    for (Limit limit : sandbox.limits()) {
      String resource = limit.kind().resource();
      if (resource != null) {
        JsonObject one = new JsonObject();
        one.addProperty("type", "RLIMIT_" + resource.toUpperCase(Locale.ROOT));
        one.addProperty("hard", limit.amount());
        one.addProperty("soft", limit.amount());
        limits.add(one);
      } else if (limit.kind() == Limit.Kind.OOM_SCORE) {
        process.addProperty("oomScoreAdj", limit.amount());
      } else if (limit.kind() == Limit.Kind.NICE) {
        refuse(limit, shortfalls);
      }
    }
    if (!limits.isEmpty()) {
      process.add("rlimits", limits);
    }
  }

  private static void refuse(Limit limit, Shortfalls shortfalls) {
    String what = "runc 1.1 has no `nice`; start it with `nice`";
    if (limit.bestEffort()) {
      shortfalls.otherwise(limit.provenance(), what);
    } else {
      shortfalls.refuse(limit.provenance(), what);
    }
  }

  /** Those of the sandbox as a whole. */
  static JsonObject resources(Sandbox sandbox, Shortfalls shortfalls) {
    JsonObject resources = new JsonObject();
    JsonObject cpu = new JsonObject();
    for (Limit limit : sandbox.limits()) {
      if (limit.kind() == Limit.Kind.CPUS) {
        tell(limit, shortfalls);
        cpu.addProperty("cpus", limit.text());
        resources.add("cpu", cpu);
      }
    }
    for (Limit limit : sandbox.limits(Limit.Holder.CGROUP)) {
      tell(limit, shortfalls);
      JsonObject one = new JsonObject();
      switch (limit.kind()) {
        case MEMORY -> {
          one.addProperty("limit", limit.amount());
          // Both together: swap is among it.
          one.addProperty("swap", limit.amount());
          resources.add("memory", one);
        }
        case PIDS -> {
          one.addProperty("limit", limit.amount());
          resources.add("pids", one);
        }
        case CPU -> {
          cpu.addProperty("quota", limit.amount() * PERIOD / PERCENT);
          cpu.addProperty("period", PERIOD);
          resources.add("cpu", cpu);
        }
        default -> {
          one.addProperty("weight", limit.amount());
          resources.add("blockIO", one);
        }
      }
    }
    return resources;
  }

  private static void tell(Limit limit, Shortfalls shortfalls) {
    if (limit.bestEffort()) {
      shortfalls.otherwise(
          limit.provenance(), "a runtime that cannot hold it does not start the program");
    }
  }
}
