package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.plan.Done;
import dev.broot.spec.Namespace;
import dev.broot.spec.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the file system of a sandbox grants, besides objects of the host by their names. */
final class FileGrants {
  private final View view;
  private final List<Holding> all = new ArrayList<>();

  FileGrants(View view) {
    this.view = view;
  }

  List<Holding> all() {
    for (Standing standing : view.table().all()) {
      Provenance said = standing.provenance();
      if (!standing.hidden() && said != null) {
        standing.thing().accept(new Things(standing, said));
        all.addAll(AuthorityGrants.parameters(standing.place(), false, said));
      }
    }
    return all;
  }

  private void grant(
      Level level, Subject subject, String text, @Nullable Provenance said, Predicate<World> when) {
    all.add(new Holding(new Grant(level, subject, text, said), when));
  }

  private static String at(Standing standing) {
    return PathKey.display(standing.place());
  }

  /** What each thing grants. */
  private final class Things implements Thing.Visitor<Done> {
    private final Standing standing;
    private final Provenance said;

    Things(Standing standing, Provenance said) {
      this.standing = standing;
      this.said = said;
    }

    private boolean isFound(World world) {
      return view.isFound(standing, world);
    }

    // What is seen of the caller in it, where the program finds it.
    private void seen(String text, boolean given, Predicate<World> when) {
      for (Holding one : AuthorityGrants.parameters(text, given, said)) {
        all.add(new Holding(one.grant(), world -> isFound(world) && when.test(world)));
      }
    }

    private Done sight(String text) {
      Subject subject = new Subject.Sight(standing.place(), standing.thing());
      grant(Level.VISIBLE, subject, text, said, this::isFound);
      return Done.DONE;
    }

    @Override
    public Done host(Thing.Host host) {
      return Done.DONE;
    }

    @Override
    public Done socket(Thing.Socket socket) {
      return Done.DONE;
    }

    @Override
    public Done module(Thing.Module module) {
      return Done.DONE;
    }

    @Override
    public Done proc(Thing.Proc proc) {
      return sight("finds a procfs at " + at(standing));
    }

    @Override
    public Done overlay(Thing.Overlay overlay) {
      String work = overlay.work();
      if (work != null) {
        grant(
            Level.HOST_WRITE,
            new Subject.Making(Effect.How.WRITES, work, null),
            "have " + PathKey.display(work) + " used by the kernel for the overlay",
            said,
            standing::isMade);
      }
      return sight("finds an overlay at " + at(standing));
    }

    @Override
    public Done memory(Thing.Memory memory) {
      return sight("finds an empty directory in memory at " + at(standing));
    }

    @Override
    public Done queues(Thing.Queues queues) {
      if (!view.plan().sandbox().namespaces().wants(Namespace.IPC)) {
        grant(
            Level.HOST_READ,
            new Subject.Plain(Subject.Kind.QUEUES),
            "list the host's message queues, at " + at(standing),
            said,
            this::isFound);
      }
      return sight("finds message queues at " + at(standing));
    }

    @Override
    public Done minimal(Thing.MinimalDevices minimal) {
      grant(
          Level.RESOURCE,
          new Subject.Plain(Subject.Kind.MINIMAL_DEVICES),
          "use bubblewrap's minimal devices, at " + at(standing),
          said,
          this::isFound);
      return sight("finds bubblewrap's devices at " + at(standing));
    }

    @Override
    public Done devices(Thing.Devices devices) {
      for (Thing.Devices.Node node : devices.nodes()) {
        String place = PathKey.join(standing.place(), "/" + node.name());
        grant(
            Level.HOST_READ,
            new Subject.Device(node.device()),
            "use the device " + node.name() + " (" + node.device() + ")",
            said,
            world ->
                standing.isMade(world)
                    && view.hasDevices(standing, world)
                    && view.table().covering(place, Table.END, world).is(standing));
      }
      return sight("finds devices at " + at(standing));
    }

    @Override
    public Done scratch(Thing.Scratch scratch) {
      grant(
          Level.RESOURCE,
          new Subject.Scratch(scratch.parent()),
          "write to a temporary directory in "
              + PathKey.display(scratch.parent())
              + ", at "
              + at(standing),
          said,
          world -> isFound(world) && view.isWritable(standing, world));
      return sight("finds a temporary directory at " + at(standing));
    }

    @Override
    public Done copy(Thing.Copy copy) {
      return sight("finds a copy of " + PathKey.display(copy.source()) + " at " + at(standing));
    }

    @Override
    public Done writing(Thing.Writing writing) {
      seen(writing.text(), true, world -> view.closing().isRead(standing, world));
      return sight("finds a text at " + at(standing));
    }

    @Override
    public Done provider(Thing.Provider provider) {
      grant(
          Level.HOST_WRITE,
          new Subject.Provided(provider.command()),
          "connect to a program started on the host: " + Sources.text(provider.command()),
          said,
          this::isFound);
      return sight("finds a socket at " + at(standing));
    }

    @Override
    public Done link(Thing.Link link) {
      seen(link.text(), false, world -> true);
      return sight("finds " + at(standing) + " -> " + PathKey.display(link.text()));
    }

    @Override
    public Done directory(Thing.Directory directory) {
      return sight("finds a directory at " + at(standing));
    }
  }
}
