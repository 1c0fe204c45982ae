package dev.broot.plan;

import dev.broot.spec.Mount;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a spec into a plan. The order of everything that reaches the host is decided here. */
public final class Planner {
  private final Spec spec;

  private Planner(Spec spec) {
    this.spec = spec;
  }

  /** Plans a spec. */
  public static Plan plan(Spec spec) {
    return new Planner(spec).plan();
  }

  private Plan plan() {
    Value entry = spec.entry();
    Spec.Chdir chdir = spec.chdir();
    List<Operation> operations = OperationPlanner.plan(spec.mounts());
    Sandbox sandbox =
        new Sandbox(
            new Sandbox.Supervision(
                chdir == null ? null : new Sandbox.Chdir(Word.of(chdir.path()), chdir.provenance()),
                spec.newSession(),
                spec.dieWithParent()),
            spec.namespaces(),
            MaskPlanner.capabilities(spec.caps(), operations),
            spec.settings().stream().map(Planner::option).toList(),
            operations,
            spec.limits(),
            spec.maps(),
            spec.syscalls(),
            spec.network(),
            spec.inherited());
    return new Plan(
        spec.name(),
        spec.openParams(),
        spec.image(),
        setup(),
        spec.env(),
        spec.stdinInherited(),
        sandbox,
        entry == null ? null : Word.of(entry),
        spec.expects());
  }

  private static Sandbox.Option option(Setting setting) {
    Value value = setting.value();
    return new Sandbox.Option(
        setting.kind(), value == null ? null : Word.of(value), setting.provenance());
  }

  // The class makes its temporary directories in the order api, dev, var, then the mount, then the
  // nodes.
  private List<Step> setup() {
    List<Step> steps = new ArrayList<>();
    List<Step> temps = new ArrayList<>();
    List<Step> mounts = new ArrayList<>();
    List<Step> providers = new ArrayList<>();
    Spec.TempParent rundir = spec.rundir();
    Spec.TempParent vardir = spec.vardir();
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Apis apis) {
        apis(apis, temps, providers);
      }
    }
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Devices devices && rundir != null) {
        temps.add(temp(devices.name(), rundir, devices.prefix(), devices.provenance()));
        mounts.add(new Step.MountTmpfs(devices.name(), devices.provenance()));
        devices.nodes().forEach(device -> mounts.add(device(devices.name(), device)));
      }
    }
    Spec.SharedTemp shared = spec.temp();
    if (shared != null && vardir != null) {
      temps.add(temp(shared.name(), vardir, shared.prefix(), shared.provenance()));
    }
    List<Step> inner = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Scratch scratch && vardir != null) {
        if (scratch.prefix() != null) {
          temps.add(temp(scratch.temp(), vardir, scratch.prefix(), scratch.provenance()));
        }
        inScratch(scratch, made, inner);
      } else if (mount instanceof Mount.TextFile text) {
        inText(text, made, inner);
      }
    }
    network(temps);
    if (!temps.isEmpty()) {
      Provenance first = temps.get(0).provenance();
      create(rundir, first, steps);
      create(vardir, first, steps);
    }
    steps.addAll(temps);
    steps.addAll(inner);
    steps.addAll(mounts);
    steps.addAll(providers);
    return steps;
  }

  // Where the parts of the network find each other.
  private void network(List<Step> temps) {
    Network network = spec.network();
    if (network != null) {
      Provenance said = network.provenance();
      temps.add(new Step.MakeTemp(network.temp(), null, Word.of("broot-net-"), said));
    }
  }

  private void apis(Mount.Apis apis, List<Step> temps, List<Step> providers) {
    for (Mount.Endpoint endpoint : apis.apis()) {
      if (endpoint instanceof Mount.Provider provider) {
        Word socket = Word.temp(apis.name(), provider.name());
        providers.add(
            new Step.StartProvider(
                apis.name(),
                provider.name(),
                provider.command().stream().map(word -> Word.of(word, socket)).toList(),
                provider.required(),
                provider.provenance()));
      }
    }
    Value prefix = apis.prefix();
    Spec.TempParent rundir = spec.rundir();
    if (prefix != null && rundir != null) {
      temps.add(0, temp(apis.name(), rundir, prefix, apis.provenance()));
    } else if (!providers.isEmpty()) {
      Provenance first = providers.get(0).provenance();
      temps.add(0, new Step.MakeTemp(apis.name(), null, Word.of("broot-api-"), first));
    }
  }

  private static void inScratch(Mount.Scratch scratch, Set<String> made, List<Step> steps) {
    if (!scratch.inner().isEmpty() && made.add(scratch.temp() + '/' + scratch.inner())) {
      steps.add(new Step.MakeInner(scratch.temp(), scratch.inner(), null, scratch.provenance()));
    }
    for (Mount.Scratch.Directory directory : scratch.directories()) {
      String path =
          scratch.inner().isEmpty() ? directory.path() : scratch.inner() + "/" + directory.path();
      steps.add(new Step.MakeInner(scratch.temp(), path, directory.mode(), directory.provenance()));
    }
  }

  private static void inText(Mount.TextFile text, Set<String> made, List<Step> steps) {
    String temp = text.temp();
    if (temp == null) {
      return;
    }
    int slash = text.inner().lastIndexOf('/');
    if (slash > 0 && made.add(temp + '/' + text.inner().substring(0, slash))) {
      steps.add(
          new Step.MakeInner(temp, text.inner().substring(0, slash), null, text.provenance()));
    }
    steps.add(
        new Step.WriteText(
            temp, text.inner(), Word.of(text.content()), text.mode(), text.provenance()));
  }

  private static Step device(String temp, Mount.Device device) {
    return device.accept(
        new Mount.Device.Visitor<Step>() {
          @Override
          public Step hostDevice(Mount.HostDevice host) {
            return new Step.BindDevice(temp, host.name(), host.optional(), host.provenance());
          }

          @Override
          public Step node(Mount.Node node) {
            return new Step.MakeNode(
                temp, node.name(), node.major(), node.minor(), node.mode(), node.provenance());
          }
        });
  }

  private static void create(
      Spec.@Nullable TempParent parent, Provenance provenance, List<Step> steps) {
    if (parent != null && parent.create()) {
      steps.add(new Step.MakeDirectory(Word.of(parent.path()), provenance));
    }
  }

  private static Step temp(
      String name, Spec.TempParent parent, Value prefix, Provenance provenance) {
    return new Step.MakeTemp(name, Word.of(parent.path()), Word.of(prefix), provenance);
  }
}
