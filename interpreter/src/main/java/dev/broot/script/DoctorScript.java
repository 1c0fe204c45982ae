package dev.broot.script;

import dev.broot.bwrap.Requirement;
import dev.broot.plan.ImageCall;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.ShellWords;
import dev.broot.spec.IdMap;
import dev.broot.spec.Image;
import dev.broot.spec.Limit;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A script that asks a host what it can do for sandboxes, feature by feature. */
public final class DoctorScript {
  /** What a host can do; the words are those of the output, and of the functions of the script. */
  public enum Feature {
    /** The /proc of the host. */
    HOST_PROC("broot_ask_proc_here"),
    /** What the scripts call. */
    TOOLS("broot_ask_tools"),
    /** The program itself, and its version. */
    BUBBLEWRAP("broot_ask_bwrap"),
    /** A sandbox with nothing more. */
    SANDBOX("broot_ask_sandbox"),
    /** Users of its own. */
    USER_NAMESPACES("broot_ask_user"),
    /** Processes, names and message queues of its own. */
    NAMESPACES("broot_ask_namespaces"),
    /** A network of its own. */
    NETWORK("broot_ask_network"),
    /** A procfs of its own. */
    PROC("broot_ask_proc"),
    /** Devices of its own. */
    TERMINAL("broot_ask_terminal"),
    /** Overlays. */
    OVERLAY("broot_ask_overlay"),
    /** A sandbox in a sandbox. */
    NESTED("broot_ask_nested"),
    /** Limits of a whole sandbox. */
    CGROUPS("broot_ask_cgroups"),
    /** Users and groups beside the caller. */
    SUBORDINATE_IDS("broot_ask_ids"),
    /** Some hosts, and no others. */
    HOSTS("broot_ask_hosts"),
    OUTSIDE("broot_ask_outside"),
    /** Hosts by a part of their names. */
    WILDCARDS("broot_ask_wildcards"),
    /** What a set-up of the host calls. */
    SETUP_TOOLS("broot_ask_setup_tools"),
    /** What unpacks images. */
    IMAGES("broot_ask_images"),
    /** Mounts that a set-up makes. */
    MOUNTS("broot_ask_mounts"),
    /** Directories that a set-up makes. */
    TMPDIR("broot_ask_tmpdir");

    private final String asks;

    Feature(String asks) {
      this.asks = asks;
    }
  }

  // What `base host` needs, and so nearly every spec.
  private static final List<Feature> COMMON =
      List.of(
          Feature.HOST_PROC,
          Feature.TOOLS,
          Feature.BUBBLEWRAP,
          Feature.SANDBOX,
          Feature.USER_NAMESPACES,
          Feature.NAMESPACES,
          Feature.NETWORK,
          Feature.PROC,
          Feature.TERMINAL);

  private DoctorScript() {}

  /**
   * What is asked, in order, and whether it has to work.
   *
   * @param plan what is to run, or null to ask all
   */
  public static Map<Feature, Boolean> features(@Nullable Plan plan) {
    Map<Feature, Boolean> features = new EnumMap<>(Feature.class);
    if (plan == null) {
      for (Feature feature : Feature.values()) {
        features.put(feature, COMMON.contains(feature));
      }
      return features;
    }
    Spec.Namespaces own = plan.sandbox().namespaces();
    boolean all = own.has(Namespace.ALL);
    add(features, true, COMMON.subList(0, 4).toArray(new Feature[0]));
    add(features, own.has(Namespace.USER), Feature.USER_NAMESPACES);
    boolean others =
        Stream.of(Namespace.PID, Namespace.IPC, Namespace.UTS, Namespace.CGROUP).anyMatch(own::has);
    add(features, all || others, Feature.NAMESPACES);
    add(
        features,
        own.has(Namespace.NET) || (own.wants(Namespace.NET) && plan.sandbox().network() == null),
        Feature.NETWORK);
    for (Operation operation : plan.sandbox().operations()) {
      add(features, operation instanceof Operation.Overlay, Feature.OVERLAY);
      add(features, operation instanceof Operation.Proc, Feature.PROC);
      add(features, operation instanceof Operation.Dev, Feature.TERMINAL);
    }
    add(features, !controllers(plan).isEmpty(), Feature.CGROUPS);
    boolean given = plan.sandbox().maps().stream().anyMatch(IdMap::automatic);
    add(features, given, Feature.SUBORDINATE_IDS);
    Network network = plan.sandbox().network();
    add(features, network != null && network.outside() == null, Feature.HOSTS);
    add(features, network != null && network.outside() != null, Feature.OUTSIDE);
    add(features, network != null && network.isProxied(), Feature.WILDCARDS);
    add(features, plan.needsHostSetup(), Feature.SETUP_TOOLS, Feature.TMPDIR);
    add(features, plan.image() != null, Feature.IMAGES);
    add(features, plan.needsRoot() != null, Feature.MOUNTS);
    return features;
  }

  private static void add(Map<Feature, Boolean> to, boolean needed, Feature... features) {
    for (Feature feature : needed ? features : new Feature[0]) {
      to.put(feature, true);
    }
  }

  private static List<String> controllers(@Nullable Plan plan) {
    return plan == null
        ? List.of("memory", "pids", "cpu")
        : plan.sandbox().limits(Limit.Holder.CGROUP).stream()
            .filter(limit -> !limit.bestEffort())
            .map(limit -> limit.kind().word().replaceFirst("-.*", ""))
            .distinct()
            .toList();
  }

  /** The script; it says one line for each feature. */
  public static String write(@Nullable Plan plan) {
    StringBuilder out = new StringBuilder("#!/bin/sh\n");
    out.append(
        "# shellcheck disable=SC2015,SC2016,SC2034,SC2317,SC3013  # its parts are those of other scripts\n");
    for (String part :
        List.of(
            "message", "limits", "ids", "host", "probe", "version", ImageCall.TOOLS, "doctor")) {
      out.append(ScriptParts.read(part));
    }
    List<String> calls = new ArrayList<>();
    for (Feature feature : features(plan).keySet()) {
      boolean ends = feature == Feature.HOST_PROC || feature == Feature.BUBBLEWRAP;
      calls.add(feature.asks + arguments(feature, plan) + (ends ? " || exit 0" : ""));
    }
    return out + String.join("\n", calls) + "\n";
  }

  private static String arguments(Feature feature, @Nullable Plan plan) {
    Requirement requirement = plan == null ? null : Requirement.of(plan);
    return switch (feature) {
      case BUBBLEWRAP ->
          requirement == null
              ? " 4 broot"
              : " " + requirement.minor() + " " + ShellWords.quote(requirement.cause());
      case CGROUPS ->
          controllers(plan).stream().map(name -> " " + name).collect(Collectors.joining());
      case IMAGES -> {
        Image image = plan == null ? null : plan.image();
        yield image == null
            ? " oci . squashfs . erofs . tar .gz tar .xz tar .zst"
            : " " + image.format().word() + " " + ShellWords.quote(image.path().display());
      }
      case PROC -> {
        boolean mapped = plan == null || plan.sandbox().namespaces().wants(Namespace.USER);
        yield mapped ? " --unshare-user" : "";
      }
      default -> "";
    };
  }
}
