package dev.broot.permission;

import dev.broot.spec.Access;
import org.jspecify.annotations.Nullable;

/**
 * Ways to every file of the host by a device, whatever is mounted: a disk, the memory, a terminal
 * of the host, or a node that root makes itself (mknod(2)).
 */
final class DeviceWays {
  private final Permissions permissions;
  private final String does;

  /**
   * Looks for ways.
   *
   * @param does what the program can do by one, behind "can"
   */
  DeviceWays(Permissions permissions, String does) {
    this.permissions = permissions;
    this.does = does;
  }

  /** A way on a host, or null. */
  @Nullable Way in(World world) {
    Way way = mounted(world);
    way = way == null ? node(world) : way;
    return way == null ? made(world) : way;
  }

  private @Nullable Way mounted(World world) {
    Reach reach = permissions.reach();
    for (Use use : new Use[] {Use.DEVICES, Use.DEVICES_BELOW}) {
      Reach.Item whole = reach.find(use, "/dev", true, world);
      if (whole != null) {
        return by(whole.standing(), "/dev");
      }
      for (Reach.Item item : reach.items()) {
        String host =
            reach.has(use, item, world) ? permissions.view().onHost(item.tree(), world) : null;
        if (host != null
            && DangerList.DEVICE.equals(Dangers.of(host, Access.DEV))
            && permissions.view().isFound(item.standing(), world)) {
          return by(item.standing(), host);
        }
      }
    }
    return null;
  }

  private @Nullable Way node(World world) {
    for (Standing standing : permissions.view().table().all()) {
      if (standing.thing() instanceof Thing.Devices devices
          && permissions.view().isFound(standing, world)) {
        for (Thing.Devices.Node node : devices.nodes()) {
          if (node.dangerous()) {
            return by(standing, PathKey.join(standing.place(), "/" + node.name()));
          }
        }
      }
    }
    return null;
  }

  private Way by(Standing standing, String device) {
    return new Way(
        "the program can " + does + " by the device `" + PathKey.display(device) + "`",
        standing,
        "take away this line");
  }

  private @Nullable Way made(World world) {
    for (Holding holding : permissions.of(new Subject.DeviceNodes())) {
      if (holding.when().test(world)) {
        return new Way(
            "run by root, the program can make a device node (CAP_MKNOD), and " + does + " with it",
            null,
            "add the line `cap drop CAP_MKNOD`, or `unshare user`");
      }
    }
    return null;
  }
}
