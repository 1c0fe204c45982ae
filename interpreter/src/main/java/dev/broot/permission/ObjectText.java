package dev.broot.permission;

import dev.broot.permission.Grant.Level;
import dev.broot.spec.Provenance;

/** How the use of an object of the host is said. */
final class ObjectText {
  private final View view;
  private final World world;

  ObjectText(View view, World world) {
    this.view = view;
    this.world = world;
  }

  /** The grant of a path that is reached through a tree. */
  Grant grant(Use use, String path, Reach.Item item) {
    String place = PathKey.display(item.place(path, view.onHost(item.tree(), world)));
    Provenance said = item.standing().provenance();
    Subject subject =
        item.layer() && item.standing().thing() instanceof Thing.Overlay overlay
            ? new Subject.Layer(use, path, item.tree(), overlay)
            : new Subject.HostObject(use, path);
    String text = text(use, path, item.standing().thing(), place);
    boolean layered =
        subject instanceof Subject.Layer layer && !layer.overlay().over(layer.layer()).isEmpty();
    String where = layered ? ", where no layer over it hides it" : "";
    return new Grant(level(use, path), subject, text + where, said);
  }

  private static Level level(Use use, String path) {
    boolean writes = use != Use.READ;
    boolean control =
        Dangers.socket(PathKey.display(path)) != null || (writes && Dangers.isControl(path));
    return control ? Level.HOST_CONTROL : writes ? Level.HOST_WRITE : Level.HOST_READ;
  }

  private static String text(Use use, String path, Thing thing, String place) {
    if (PathKey.isWithin(path, PathKey.OWN_PROC)) {
      return use == Use.READ
          ? "read what the kernel says of the host in a procfs, at " + place
          : "write to the kernel's files in a procfs, at " + place + ", as root";
    } else if (thing instanceof Thing.Socket) {
      return "connect to " + PathKey.display(path) + ", at " + place;
    } else if (thing instanceof Thing.Module module && use == Use.READ) {
      return "read the host's Python module " + module.name() + ", at " + place;
    }
    boolean socket = Dangers.socket(PathKey.display(path)) != null;
    String verb =
        switch (use) {
          case WRITE -> "write ";
          case WRITE_BELOW -> "write what is mounted below ";
          case DEVICES -> "use devices in ";
          case DEVICES_BELOW -> "use devices in what is mounted below ";
          // The kernel asks nothing of a mount when a program connects.
          case READ -> socket ? "connect to " : "read ";
        };
    return verb + PathKey.display(path) + " on the host, seen as " + place;
  }
}
