package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Modes;
import dev.broot.plan.Step;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Sizes;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the making of a sandbox does to the host, what its program can do to the next run, and which
 * resources it may use.
 */
final class MakingGrants {
  private final View view;
  private final Replacing replacing;
  private final Memories memories;
  private final List<Holding> all = new ArrayList<>();

  MakingGrants(View view, Replacing replacing, Memories memories) {
    this.view = view;
    this.replacing = replacing;
    this.memories = memories;
  }

  List<Holding> all() {
    view.effects().forEach(this::effect);
    memory();
    nodes();
    for (Use use : List.of(Use.WRITE, Use.DEVICES, Use.READ)) {
      anything(use);
    }
    anyCopy();
    replaced();
    return all;
  }

  private void grant(
      Level level, Subject subject, String text, @Nullable Provenance said, Predicate<World> when) {
    all.add(new Holding(new Grant(level, subject, text, said), when));
  }

  private void effect(Effect effect) {
    String path = PathKey.display(effect.path());
    Integer mode = effect.mode();
    String text =
        switch (effect.how()) {
          case MAKES -> "have " + path + " made on the host, where it is missing";
          case WRITES -> "have " + path + " written on the host when the sandbox starts";
          case CHANGES_MODE ->
              "have the mode of "
                  + path
                  + " changed on the host, to "
                  + Modes.octal(mode == null ? 0 : mode);
        };
    if (effect.thing() instanceof Thing.Writing writing) {
      all.addAll(AuthorityGrants.parameters(writing.text(), true, effect.provenance()));
    } else if (effect.thing() instanceof Thing.Link link) {
      all.addAll(AuthorityGrants.parameters(link.text(), false, effect.provenance()));
    }
    boolean control = Dangers.isControl(effect.path());
    grant(
        control ? Level.HOST_CONTROL : Level.HOST_WRITE,
        new Subject.Making(effect.how(), effect.path(), mode),
        text,
        effect.provenance(),
        effect::happens);
  }

  private void memory() {
    long sum = 0;
    for (Standing standing : memories.all()) {
      long bytes = memories.of(standing);
      boolean limited = bytes != Subject.Memory.UNLIMITED;
      boolean own = standing.thing() instanceof Thing.Memory sized && !sized.root();
      sum = limited ? sum + bytes : sum;
      String text =
          "write "
              + (limited ? "up to " + Sizes.text(bytes) + " " : "")
              + "in memory, at "
              + PathKey.display(standing.place());
      grant(
          Level.RESOURCE,
          new Subject.Memory(own ? standing.place() : null, bytes),
          text,
          standing.provenance(),
          world -> memories.isUsed(standing, world));
    }
    if (sum > 0) {
      Subject.Memory subject = new Subject.Memory(null, sum);
      grant(
          Level.RESOURCE,
          subject,
          "write up to " + Sizes.text(sum) + " in memory",
          null,
          world -> memories.holds(subject, world));
    }
  }

  // Device nodes can be used only where a mount allows it; without the capability nobody makes one.
  private void nodes() {
    boolean kept = true;
    for (Spec.CapChange change : view.plan().sandbox().capabilities()) {
      kept = change.name().equals(Capabilities.ALL) ? change.add() : kept;
    }
    for (Spec.CapChange change : view.plan().sandbox().capabilities()) {
      kept = change.name().equals("CAP_MKNOD") ? change.add() : kept;
    }
    if (!kept || view.plan().sandbox().namespaces().has(Namespace.USER)) {
      return;
    }
    for (Standing standing : view.mounts()) {
      Predicate<World> when =
          world ->
              view.isFound(standing, world)
                  && view.isWritable(standing, world)
                  && view.hasDevices(standing, world);
      if (Worlds.ALL.find(when).answer() != Worlds.Answer.NO) {
        grant(
            Level.HOST_CONTROL,
            new Subject.DeviceNodes(),
            "make device nodes of its own at "
                + PathKey.display(standing.place())
                + " and use them, when root runs it",
            standing.provenance(),
            when);
      }
    }
  }

  // What the next run takes for its own, by a name that can be replaced before.
  private void anything(Use use) {
    World world = Worlds.ALL.find(one -> replacing.anything(use, one) != null).world();
    Reach.Item item = world == null ? null : replacing.anything(use, world);
    if (world != null && item != null) {
      anything(use, replacing.on(item.tree(), world), item.standing());
    }
  }

  private void anyCopy() {
    World world = Worlds.ALL.find(one -> replacing.anyCopy(one) != null).world();
    Standing copy = world == null ? null : replacing.anyCopy(world);
    if (world != null && copy != null && copy.thing() instanceof Thing.Copy source) {
      anything(Use.READ, replacing.on(source.source(), world), copy);
    }
  }

  private void anything(Use use, @Nullable String name, Standing standing) {
    String verb =
        switch (use) {
          case WRITE, WRITE_BELOW -> "write ";
          case DEVICES, DEVICES_BELOW -> "use devices in ";
          case READ -> "read ";
        };
    String text =
        verb
            + "anything on the host, seen as "
            + PathKey.display(standing.place())
            + " at the next run, since "
            + (name == null ? "its source" : PathKey.display(name))
            + " can be replaced by a symlink before";
    Level level = use == Use.READ ? Level.HOST_READ : Level.HOST_CONTROL;
    grant(level, new Subject.Anything(use), text, standing.provenance(), world -> true);
  }

  // Programs that the setup starts on the host, and filters, which bubblewrap reads there.
  private void replaced() {
    for (Step step : view.plan().setup()) {
      if (step instanceof Step.StartProvider provider) {
        for (String path : Replacing.programs(Sources.command(provider))) {
          replaced(path, "which the next run starts on the host", step.provenance());
        }
      }
    }
    view.plan().sandbox().options().stream()
        .filter(option -> option.kind() == Setting.Kind.SECCOMP && option.value() != null)
        .forEach(
            option -> {
              String text = "which filters the system calls of the next run";
              var value = option.value();
              if (value != null) {
                replaced(PathKey.of(value), text, option.provenance());
              }
            });
  }

  private void replaced(String path, String why, Provenance said) {
    Predicate<World> when =
        world -> replacing.on(path, world) != null || replacing.isWritten(path, world);
    if (Worlds.ALL.find(when).answer() != Worlds.Answer.NO) {
      grant(
          Level.HOST_CONTROL,
          new Subject.Replaced(path),
          "replace " + PathKey.display(path) + " on the host, " + why,
          said,
          when);
    }
  }
}
