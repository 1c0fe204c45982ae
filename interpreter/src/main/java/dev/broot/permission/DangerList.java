package dev.broot.permission;

import static dev.broot.permission.Danger.Reach.AROUND;
import static dev.broot.permission.Danger.Reach.AT;
import static dev.broot.permission.Danger.Reach.WITHIN;

import dev.broot.permission.Danger.Reach;
import dev.broot.spec.Access;
import java.util.ArrayList;
import java.util.List;

/** The entries of the list of dangers; {@code docs/language.md} says them in words. */
final class DangerList {
  /** A whole home. */
  static final String HOME = "makes a whole home writable";

  /** A socket of a service. */
  static final String SERVICE =
      "gives control over a service of the host that is as good as root or the session";

  /** A socket of an agent, which signs for whoever connects, and shows no file of the host. */
  private static final String AGENT =
      "gives the use of keys and secrets that an agent of the host holds";

  private static final String PROGRAMS = "makes the host's own programs writable";
  private static final String TRUSTED =
      "makes files writable that services of the host trust, as root";
  private static final String TIMED = "makes commands writable that the host runs at set times";
  private static final String START =
      "makes files in a home writable that the host's shells and tools obey";
  private static final String OWN = "makes files writable that broot's next run obeys";

  /** A device of the host's. */
  static final String DEVICE =
      "gives a device with which a program can read or change the whole host";

  private static final String SESSION = "makes the files of a session's services writable";
  private static final String ANYWHERE =
      "names what a process holds open, which may be anything on the host";

  private static final List<Danger> ALL = all();

  private DangerList() {}

  /** The whole list; the first entry that is about a grant says what it does. */
  static List<Danger> list() {
    return ALL;
  }

  private static List<Danger> all() {
    List<Danger> all = new ArrayList<>();
    all.add(new Danger("/", AT, Access.RW, "makes the whole host writable"));
    all.add(new Danger("/etc", WITHIN, Access.RW, "makes the host's configuration writable"));
    all.add(new Danger("~", AT, Access.RW, HOME));
    all.add(new Danger("/home", AT, Access.RW, HOME));
    services(all);
    agents(all);
    devices(all);
    system(all);
    trusted(all);
    homes(all);
    return List.copyOf(all);
  }

  private static void add(
      List<Danger> all, Reach reach, Access least, String meaning, String patterns) {
    for (String pattern : patterns.strip().split("\\s+", -1)) {
      all.add(new Danger(pattern, reach, least, meaning));
    }
  }

  // Whoever connects to one of these acts as root or as the user; a read-only bind is no hindrance.
  private static void services(List<Danger> all) {
    add(
        all,
        AT,
        Access.RO,
        SERVICE,
        """
        /run/docker.sock /run/user/*/docker.sock ~/.docker/run/docker.sock
        ~/.docker/desktop/*.sock ~/.rd/docker.sock ~/.colima/*/*.sock ~/.lima/*/sock/*.sock
        /run/user/*/bus /run/systemd/private /run/user/*/systemd/private /run/udev/control /run/initctl
        /run/snapd.socket /run/libvirt.sock /var/lib/lxd/unix.socket
        /var/snap/lxd/common/lxd/unix.socket /var/lib/incus/unix.socket /run/lxd.socket
        /run/incus.socket /run/user/*/vscode-ipc-*
        """);
    add(
        all,
        WITHIN,
        Access.RO,
        SERVICE,
        """
        /run/docker /run/podman /run/user/*/podman /run/containerd /run/user/*/containerd*
        /run/k3s/containerd /run/crio /run/buildkit /run/user/*/buildkit /run/lxd /run/incus
        /run/libvirt /run/user/*/libvirt /run/dbus /tmp/dbus-* /tmp/.X11-unix
        /tmp/tmux-* /run/screen /run/user/*/emacs
        """);
  }

  // They sign and decrypt, and show no file of the host.
  private static void agents(List<Danger> all) {
    add(
        all,
        AT,
        Access.RO,
        AGENT,
        """
        /run/user/*/ssh-agent* /run/user/*/openssh_agent ~/.gnupg/S.* ~/.1password/agent.sock
        """);
    add(
        all,
        WITHIN,
        Access.RO,
        AGENT,
        """
        /tmp/ssh-* /run/user/*/keyring /run/user/*/gnupg /run/user/*/gcr ~/.ssh/agent
        """);
  }

  private static void devices(List<Danger> all) {
    add(
        all,
        AT,
        Access.DEV,
        DEVICE,
        """
        /dev
        """);
    add(
        all,
        WITHIN,
        Access.DEV,
        DEVICE,
        """
        /dev/mem /dev/kmem /dev/port /dev/nvram /dev/cpu /dev/vfio /dev/sd* /dev/hd* /dev/vd*
        /dev/xvd* /dev/nvme* /dev/ng* /dev/mmcblk* /dev/mtd* /dev/ubi* /dev/pmem* /dev/dax*
        /dev/dasd* /dev/nbd* /dev/rbd* /dev/drbd* /dev/zd* /dev/zvol /dev/zram* /dev/ram*
        /dev/bcache* /dev/md* /dev/dm-* /dev/mapper /dev/loop* /dev/sr* /dev/sg* /dev/bsg
        /dev/raw /dev/root /dev/disk /dev/block /dev/input /dev/uinput /dev/hidraw* /dev/bus/usb
        /dev/vcs* /dev/console /dev/pts /dev/tty0* /dev/tty1* /dev/tty2* /dev/tty3* /dev/tty4* /dev/tty5*
        /dev/tty6* /dev/tty7* /dev/tty8* /dev/tty9*
        """);
  }

  private static void system(List<Danger> all) {
    add(
        all,
        WITHIN,
        Access.RW,
        PROGRAMS,
        """
        /usr /bin /sbin /lib /lib32 /lib64 /libx32 /boot /efi /sysroot /ostree /var/usrlocal
        """);
    add(
        all,
        AROUND,
        Access.RW,
        PROGRAMS,
        """
        /nix/store /gnu/store /snap /var/lib/flatpak
        """);
    add(
        all,
        AROUND,
        Access.RW,
        TIMED,
        """
        /var/spool/cron /var/spool/at /var/spool/atjobs /var/spool/incron /var/spool/anacron
        """);
    add(
        all,
        AROUND,
        Access.RW,
        OWN,
        """
        /run/broot /run/user/*/broot ~/.cache/broot
        """);
    add(
        all,
        WITHIN,
        Access.RW,
        OWN,
        """
        /tmp/.broot-*
        """);
  }

  private static void trusted(List<Danger> all) {
    add(
        all,
        AROUND,
        Access.RW,
        TRUSTED,
        """
        /var/lib/docker /var/lib/containers /var/lib/containerd /var/lib/buildkit /var/lib/lxc
        /var/lib/lxd /var/snap /var/lib/incus /var/lib/libvirt /var/lib/machines
        /var/lib/portables /var/lib/extensions /var/lib/confexts /var/lib/snapd /var/lib/kubelet
        /var/lib/rancher /var/lib/etcd /var/lib/dpkg /var/lib/apt /var/lib/pacman /var/lib/rpm
        /var/lib/alternatives /var/lib/systemd /var/lib/polkit-1 /var/lib/AccountsService
        /var/lib/cloud /var/lib/dbus /var/lib/sudo /var/lib/gdm* /var/lib/lightdm /var/lib/sddm
        /run/systemd /run/udev /run/sudo /run/tmpfiles.d /run/sysctl.d /run/modprobe.d
        /run/modules-load.d /run/polkit-1
        """);
    add(
        all,
        AROUND,
        Access.RW,
        SESSION,
        """
        /run/user/*/systemd /run/user/*/environment.d
        """);
    add(
        all,
        WITHIN,
        Access.RW,
        ANYWHERE,
        """
        /proc/*/cwd /proc/*/fd /proc/*/exe /proc/*/map_files /proc/*/task/*/cwd
        /proc/*/task/*/fd /proc/*/task/*/exe /dev/fd /dev/stdin /dev/stdout /dev/stderr
        """);
  }

  // Caches of tools, as ~/.cargo/registry, are not among them.
  private static void homes(List<Danger> all) {
    for (String file : StartUpFiles.IN_HOMES) {
      all.add(new Danger("~/" + file, AROUND, Access.RW, START));
    }
  }
}
