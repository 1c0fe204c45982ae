package dev.broot.permission;

import dev.broot.plan.Sandbox;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;

/** Whether a spec grants something on a host. */
final class Holds implements Subject.Visitor<Boolean> {
  private static final String PROC = "/proc";

  private final Permissions of;
  private final World world;

  Holds(Permissions of, World world) {
    this.of = of;
    this.world = world;
  }

  private boolean granted(Subject subject) {
    return of.of(subject).stream().anyMatch(holding -> holding.when().test(world));
  }

  private boolean reaches(Use use, String path) {
    if (of.reach().find(use, path, false, world) != null) {
      return true;
    }
    // The host's procfs shows what one of the sandbox's own does.
    return PathKey.isWithin(path, PathKey.OWN_PROC)
        && of.reach().find(use, PROC + PathKey.below(path, PathKey.OWN_PROC), false, world) != null;
  }

  // Modes and owners are not looked at, so that whoever finds a thing may use it; but one who gave
  // up root's rights may not do what root did when the sandbox was made. In a user namespace of its
  // own, rights do not reach the files of others (user_namespaces(7)).
  private boolean lacksRights() {
    Sandbox sandbox = of.plan().sandbox();
    boolean dropped = false;
    for (Spec.CapChange change : sandbox.capabilities()) {
      boolean rights =
          change.name().equals(Capabilities.ALL) || change.name().equals("CAP_DAC_OVERRIDE");
      dropped = dropped || (rights && !change.add());
    }
    return dropped
        || sandbox.namespaces().wants(Namespace.USER)
        || sandbox.has(Setting.Kind.USERNS);
  }

  @Override
  public Boolean object(Subject.HostObject object) {
    return reaches(object.use(), object.path());
  }

  @Override
  public Boolean layer(Subject.Layer layer) {
    // A bind shows what the host has mounted below, and a layer what lies under that.
    if (reaches(layer.use(), layer.path()) && !of.view().hasMounts(layer.path())) {
      return true;
    }
    String root = of.view().onHost(layer.layer(), world);
    for (Reach.Item item : of.reach().items()) {
      if (item.layer()
          && item.tree().equals(layer.layer())
          && shows(item.standing().thing(), layer)
          && PathKey.isWithin(layer.path(), root)
          && of.reach().isSeen(item, layer.path(), root, world)
          && of.reach().has(layer.use(), item, world)) {
        return true;
      }
    }
    return false;
  }

  // What no layer hides here is hidden by none there. What is written depends on all layers.
  private static boolean shows(Thing thing, Subject.Layer layer) {
    boolean writes = layer.use() == Use.WRITE || layer.use() == Use.WRITE_BELOW;
    return thing.equals(layer.overlay())
        || (!writes
            && thing instanceof Thing.Overlay other
            && layer.overlay().over(layer.layer()).containsAll(other.over(layer.layer())));
  }

  // A copy that is written to a file of the host is found where that is.
  private boolean isWritten(String source) {
    for (Effect effect : of.view().effects()) {
      if (effect.thing() instanceof Thing.Copy copy
          && of.view().onHost(copy.source(), world).equals(source)
          && effect.happens(world)
          && of.reach().find(Use.READ, effect.path(), true, world) != null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Boolean copy(Subject.Copied copied) {
    for (Standing standing : of.view().table().all()) {
      if (standing.thing() instanceof Thing.Copy copy
          && of.view().onHost(copy.source(), world).equals(copied.path())
          && of.view().isFound(standing, world)
          && of.view().closing().isRead(standing, world)) {
        return true;
      }
    }
    return isWritten(copied.path()) || (!lacksRights() && reaches(Use.READ, copied.path()));
  }

  @Override
  public Boolean anything(Subject.Anything anything) {
    return of.replacing().anything(anything.use(), world) != null
        || (anything.use() == Use.READ && of.replacing().anyCopy(world) != null);
  }

  @Override
  public Boolean making(Subject.Making making) {
    for (Effect effect : of.view().effects()) {
      boolean same =
          effect.path().equals(making.path())
              && (effect.how() == making.how() || effect.how() == Effect.How.WRITES)
              && java.util.Objects.equals(effect.mode(), making.mode());
      if (same && effect.happens(world)) {
        return true;
      }
    }
    if (granted(making)) {
      return true;
    }
    return making.how() != Effect.How.CHANGES_MODE
        && !lacksRights()
        && reaches(Use.WRITE, making.path());
  }

  @Override
  public Boolean replaced(Subject.Replaced replaced) {
    return granted(replaced);
  }

  @Override
  public Boolean started(Subject.Started started) {
    return granted(started);
  }

  @Override
  public Boolean provider(Subject.Provided provided) {
    return granted(provided);
  }

  @Override
  public Boolean namespace(Subject.SharedNamespace namespace) {
    return granted(namespace)
        || (namespace.perhaps()
            && granted(new Subject.SharedNamespace(namespace.namespace(), false)));
  }

  @Override
  public Boolean connection(Subject.Connection connection) {
    return of.holdings().stream()
            .anyMatch(
                holding ->
                    holding.grant().subject() instanceof Subject.Connection other
                        && other.covers(connection)
                        && holding.when().test(world))
        || (Connections.isOutside(connection.host()) && granted(new Subject.Outside()))
        || granted(new Subject.SharedNamespace(Namespace.NET, false));
  }

  @Override
  public Boolean outside(Subject.Outside outside) {
    return granted(outside) || granted(new Subject.SharedNamespace(Namespace.NET, false));
  }

  @Override
  public Boolean capability(Subject.Capability capability) {
    return granted(capability);
  }

  @Override
  public Boolean variable(Subject.Variable variable) {
    return granted(variable) || of.isInherited(variable.name());
  }

  @Override
  public Boolean environment(Subject.WholeEnvironment environment) {
    return granted(environment);
  }

  @Override
  public Boolean parameter(Subject.Parameter parameter) {
    return granted(parameter);
  }

  @Override
  public Boolean calls(Subject.SystemCalls calls) {
    for (Sandbox.Option option : of.plan().sandbox().options()) {
      if (option.kind() == Setting.Kind.SECCOMP
          && option.value() != null
          && PathKey.of(option.value()).equals(calls.filter())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Boolean device(Subject.Device device) {
    return granted(device);
  }

  @Override
  public Boolean nodes(Subject.DeviceNodes nodes) {
    return granted(nodes);
  }

  @Override
  public Boolean memory(Subject.Memory memory) {
    return of.memories().holds(memory, world);
  }

  @Override
  public Boolean scratch(Subject.Scratch scratch) {
    return granted(scratch);
  }

  @Override
  public Boolean plain(Subject.Plain plain) {
    return granted(plain);
  }

  @Override
  public Boolean descriptor(Subject.PassedDescriptor descriptor) {
    return granted(descriptor);
  }

  @Override
  public Boolean created(Subject.Created created) {
    return granted(created);
  }

  // Bounds are compared with each other.
  @Override
  public Boolean limit(Subject.Limited limited) {
    return false;
  }

  // So are users and groups.
  @Override
  public Boolean mapped(Subject.Mapped mapped) {
    return false;
  }

  // So are system calls.
  @Override
  public Boolean called(Subject.Called called) {
    return false;
  }

  @Override
  public Boolean sight(Subject.Sight sight) {
    return granted(sight);
  }
}
