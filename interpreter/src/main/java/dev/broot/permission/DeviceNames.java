package dev.broot.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names of the host that are device nodes on every machine that has them. */
final class DeviceNames {
  private static final Pattern NODES =
      Pattern.compile(
          "/dev/(null|zero|full|random|urandom|tty[^/]*|console|ptmx|pts/[^/]+|kmsg|mem|kmem|port"
              + "|nvram|fuse|kvm|hpet|hwrng|rtc[0-9]*|snapshot|uinput|uhid|userio|vhost-[^/]+|ppp"
              + "|net/tun|vfio/[^/]+|input/(event|mouse|js)[0-9]+|input/mice|hidraw[0-9]+|vcs[^/]*"
              + "|dri/(card|render)[^/]*|snd/[^/]+|video[0-9]+|nvidia[^/]*|loop[^/]*|sd[a-z]+[0-9]*"
              + "|hd[a-z]+[0-9]*|[xv]*vd[a-z]+[0-9]*|nvme[^/]*|ng[0-9][^/]*|mmcblk[^/]*|dm-[0-9]+"
              + "|md[0-9]+|sr[0-9]+|sg[0-9]+|nbd[^/]*|zram[0-9]+|ram[0-9]+|mapper/control)");

  // null, zero, full, random and urandom, by their numbers and whatever their modes.
  private static final Pattern HARMLESS = Pattern.compile("c 1:[35789] ");

  private DeviceNames() {}

  /**
   * Which devices of the host something has nodes of, by their names there.
   *
   * @param asked what a node of which only the numbers are known is taken for, where it is below
   *     the host's directory of devices
   */
  static List<String> of(Thing thing, String asked) {
    if (thing instanceof Thing.MinimalDevices) {
      return List.of("/dev/tty");
    }
    List<String> names = new ArrayList<>(0);
    if (thing instanceof Thing.Devices devices) {
      for (Thing.Devices.Node node : devices.nodes()) {
        String host = node.host();
        if (host != null) {
          names.add(host);
        } else if (!HARMLESS.matcher(node.device()).lookingAt() && asked.startsWith("/dev/")) {
          names.add(asked);
        }
      }
    }
    return names;
  }

  /** Whether a path of the host is one. */
  static boolean isNode(String path) {
    return path.startsWith("/dev/") && NODES.matcher(path).matches();
  }
}
