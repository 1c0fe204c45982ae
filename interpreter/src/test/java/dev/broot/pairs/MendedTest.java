package dev.broot.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.diagnostic.TextPrinter;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.permission.Grant;
import dev.broot.permission.Permissions;
import dev.broot.plan.Plan;
import dev.broot.support.Specs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pair machine found wrong in the model, each made small, and what it must not cost. */
class MendedTest {
  private static String text(@Nullable String lines) {
    return "broot 1\nbase none\n" + (lines == null ? "" : lines.replace(";", "\n")) + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A file that is written through a bind is a copy of another one.
        "bind rw /srv/a -> /m | bind rw /srv/a -> /m;file /srv/f -> /m/f | WIDER | read /srv/f on the host, seen as /srv/a/f",
        "bind rw /srv -> /m | bind rw /srv -> /m;file /srv/f -> /m/g | EQUAL |",
        "bind ro /srv -> /n;bind rw /opt -> /m | bind ro /srv -> /n;bind rw /opt -> /m;file /srv/f -> /m/g | EQUAL |",
        "bind rw /srv -> /m | bind rw /srv -> /m;bind-data ro /etc/issue -> /n | WIDER | read /etc/issue on the host, seen as /n",
        // The kernel works in a directory of the host, also where nobody sees the overlay.
        "| overlay [\"/srv/l\"] rw /srv/u work /srv/w -> /m;tmpfs /m over | WIDER | have /srv/w used by the kernel for the overlay",
        // bubblewrap does not cover /proc/sys.
        // What a pattern matches, or what an open source shows, no table tells.
        "bind ro /srv -> /m;hide /srv/**/f | bind ro /srv -> /m;cap drop ALL | WIDER | use what `hide /srv/**/f` keeps from it",
        "bind ro /srv -> /m;hide /srv/**/f | bind ro /srv -> /m;hide /srv/**/f except /srv/a | WIDER |",
        "bind ro /srv -> /m;hide /srv/**/f except /srv/a | bind ro /srv -> /m;hide /srv/**/f | NARROWER |",
        "bind ro /srv -> /m;protect /srv/**/f | bind ro /srv -> /m;hide /srv/**/f | NARROWER |",
        "bind rw /srv -> /m;protect /srv/**/f | bind rw /srv -> /m;hide /srv/a/**/f;cap drop ALL | WIDER |",
        "bind ro /srv -> /m;hide /opt/**/f | bind ro /srv -> /m;cap drop ALL | NARROWER |",
        "param q: path from env Q;bind rw ${q} -> /m;protect /srv/f optional | param q: path from env Q;bind rw ${q} -> /m;protect /srv/g optional | WIDER | use what `protect /srv/f` keeps from it",
        "param q: path;bind rw ${q} -> /m;hide ${q}/*.pem | param q: path;bind rw ${q} -> /m;cap drop ALL | WIDER | use what `hide ${q}/*.pem` keeps from it",
        // Root has no capabilities as another user, unless a line speaks of one.
        "unshare user;uid 1000 | unshare user;uid 0 | WIDER | use 41 capabilities when root runs it, CAP_SYS_ADMIN among them, which undoes every mount",
        "unshare user;uid 1000 | unshare user;uid 1000;cap drop CAP_MKNOD | WIDER |",
        "unshare user;uid 1000;cap drop CAP_MKNOD | unshare user;cap drop CAP_MKNOD | EQUAL |",
        "unshare user;uid 1000 | param u: string;unshare user;uid ${u} | WIDER |",
        "param u: string;unshare user;uid ${u} | param u: string;unshare user;uid ${u} | EQUAL |",
        "param u: string;unshare user;uid ${u} | unshare user | WIDER |",
        "unshare user | unshare user;uid 1000 | NARROWER |",
        "unshare pid;proc /proc;bind ro /proc/sys -> /proc/sys if owned | unshare pid;proc /proc | WIDER | write to the kernel's files in a procfs, at /proc/sys, as root",
        // A capability has no power over the mounts from a second user namespace.
        "unshare user;dev /dev;unsafe cap add CAP_SYS_ADMIN because \"x\" | unshare user;unsafe cap add CAP_SYS_ADMIN because \"x\" | WIDER | use CAP_SYS_ADMIN on the sandbox's own mounts and namespaces, since bubblewrap makes no second user namespace; that undoes mounts",
        "dev /dev;unsafe cap add CAP_SYS_ADMIN because \"x\" | unsafe cap add CAP_SYS_ADMIN because \"x\" | WIDER |",
        "unshare user;dev /dev;cap add CAP_CHOWN | unshare user;cap add CAP_CHOWN | WIDER |",
        "unshare user;dev /dev | unshare user | NARROWER |",
        "unshare user;dev /dev;cap drop ALL | unshare user;cap drop ALL | NARROWER |",
        "unshare user;disable-userns;dev /dev;cap add CAP_CHOWN | unshare user;disable-userns;cap add CAP_CHOWN | NARROWER |",
        "unshare user;uid 0;gid 0;dev /dev;cap add CAP_CHOWN | unshare user;uid 0;gid 0;cap add CAP_CHOWN | NARROWER |",
        "unshare user;uid 5;gid 0;dev /dev;cap add CAP_CHOWN | unshare user;uid 0;gid 0;dev /dev;cap add CAP_CHOWN | WIDER | use CAP_CHOWN on the sandbox's own mounts and namespaces, since bubblewrap makes no second user namespace",
        "unshare user;cap add CAP_CHOWN | unshare user;disable-userns;cap add CAP_CHOWN | NARROWER |",
        // A mode keeps from whoever is not root what lies behind it.
        "dir /d;bind ro /srv -> /d/s;chmod 0000 /d | dir /d;bind ro /srv -> /d/s | WIDER | use what `chmod 0000` of /d keeps from it",
        "dir /d;bind ro /srv -> /d/s | dir /d;bind ro /srv -> /d/s;chmod 0000 /d | NARROWER |",
        "dir /d;chmod 0555 /d | dir /d | WIDER | use what `chmod 0555` of /d keeps from it",
        "dir /d | dir /d;chmod 0555 /d | NARROWER |",
        "dir /d;chmod 0755 /d | dir /d | EQUAL |",
        "dir /d | dir /d;chmod 0777 /d | WIDER | use /d as mode 0777 lets it",
        "dir /d;chmod 0777 /d | dir /d | NARROWER |",
        "dir /d;chmod 0700 /d | dir /d;chmod 0077 /d | WIDER |",
        "dir /d;chmod 0777 /d | dir /d;chmod 0000 /d;chmod 0700 /d | NARROWER |",
        "dir /d mode 0777;chmod 01777 /d | dir /d mode 0777 | WIDER | use what `chmod 1777` of /d keeps from it",
        "dir /d;chmod 0755 /d | dir /d;chmod 04755 /d | WIDER |",
        "tmpfs /t mode 0700;chmod 0000 /t | tmpfs /t mode 0700 | WIDER |",
        "dir /d;chmod 0000 /d | | EQUAL |",
        "bind rw /srv -> /m;chmod 0000 /m/a | bind rw /srv -> /m | WIDER | use what `chmod 0000` of /srv/a keeps from it",
        "bind rw /srv -> /m;chmod 0000 /m/a | bind ro /srv -> /n | WIDER |",
        "bind rw /srv -> /m;chmod 0000 /m/a | bind rw /opt -> /m | WIDER |",
        "bind rw /srv -> /m;chmod 0777 /m/a | bind rw /srv -> /m | NARROWER |",
        "bind rw /srv -> /m;chmod 0000 /m/a | bind rw /srv/b -> /m | NARROWER |",
        // A UTS namespace starts with the host's name.
        "unshare uts;hostname box | unshare uts | WIDER | see the host's name",
        "unshare uts | unshare uts;hostname box | NARROWER |",
        "unshare uts;hostname box | unshare uts;hostname other | EQUAL |",
        "unshare uts;hostname box | | WIDER | see the host's name",
        // Others have a weight of 100.
        "| limit io-weight 1000 | WIDER | run with `io-weight 1000`",
        "limit io-weight 50 | | WIDER | use more than `limit io-weight 50` lets it",
        "| limit io-weight 100 | NARROWER |",
        // Root copies what a program in a user namespace may not read: another user's file.
        "unshare user;bind ro /srv -> /m | unshare user;bind ro /srv -> /m;bind-data ro /srv/f -> /n | WIDER | read /srv/f on the host, seen as /n",
        "bind ro /srv -> /m | bind ro /srv -> /m;bind-data ro /srv/f -> /n | EQUAL |",
        // A namespace that the caller passes may be a narrow one.
        "descriptor userns | | WIDER | act in the caller's own user namespace",
        "descriptor pidns | | WIDER | see and signal the host's processes",
        // What one layer fewer hides is seen no worse.
        "overlay [\"/a\", \"/b\", \"/c\"] ro -> /o | overlay [\"/a\", \"/b\"] ro -> /o | WIDER | read /b on the host, seen as /o",
        "overlay [\"/a\", \"/b\", \"/c\"] ro -> /o | overlay [\"/b\", \"/c\"] ro -> /o | NARROWER |",
      })
  void verdicts(
      @Nullable String before, @Nullable String after, Verdict verdict, @Nullable String gain) {
    Plan old = Specs.plan(text(before));
    Difference difference = Difference.of(old, Specs.plan(text(after)));
    assertThat(difference.verdict()).as(difference.toString()).isEqualTo(verdict);
    if (gain != null) {
      assertThat(difference.gained().stream().map(Grant::text)).contains(gain);
    }
  }

  // With the host's processes, no assertion would hold.
  private static String own(String lines) {
    return lines.contains("unshare pid") ? "" : ";unshare pid";
  }

  private static String errors(String lines) {
    return TextPrinter.print(
        Specs.compile(text(lines + own(lines) + ";cap drop ALL"), Map.of(), List.of())
            .diagnostics(),
        false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // A device is the host's at each place.
        "rundir /run/x;devices /d prefix x-;device fuse;expect deny read /dev/fuse | can read `/dev/fuse` of the host, a device in `/d`",
        "rundir /run/x;devices /d prefix x-;node f c 10:229 0666;expect deny write /dev/fuse | can write `/dev/fuse` of the host",
        "dev /d;expect deny read /dev/tty | can read `/dev/tty` of the host, a device in `/d`",
        // A directory in memory that bubblewrap makes for a mount.
        "bind ro /srv -> /m/s;expect deny write /m | can make files in `/m`, a directory in memory",
        "bind ro /srv -> /m/s/t;expect deny write /m/s | can make files in `/m/s`, a directory",
        "symlink x -> /m/l;expect deny write /m | can make files in `/m`",
        "text /m/a = x;expect deny write / | can make files in `/`",
        "bind rw /srv/a -> /m;file /srv/f -> /m/f;expect deny read /srv/f | a copy of it is written to `/srv/a/f`",
        "unshare pid;proc /proc;expect deny write /proc/sys | can write `/proc`",
        // Symlinks of the sandbox that lead out of what is denied, or into it.
        "bind rw /srv -> /x;symlink /x -> /m/l;remount-ro /;expect deny write /m except /m/a | can write `/x`, to which `/m/l` leads",
        "bind ro /srv -> /x;symlink x/y -> /l;expect deny read /l | can read `/x`",
        "bind rw /srv -> /x;symlink y -> /m/l;symlink /x -> /m/y;expect deny write /m/l | can write `/x`",
        "tmpfs /x;symlink z -> /m/l;symlink ../x -> /m/z if symlink;remount-ro /;expect deny write /m | can write `/x`, to which `/m/l` leads",
        "bind rw /srv -> /z;symlink /y -> /m/l;symlink /z -> /y/k;remount-ro /;expect deny write /m | can write `/z`, to which `/y/k` leads",
        "bind rw /srv -> /m/b;symlink b -> /m/a;remount-ro /;expect deny write /m except /m/a | can write `/m/b`",
        "bind rw /srv -> /m/b;symlink m -> /q;remount-ro /;expect deny write /m except /q | can write `/m/b`",
        "bind ro /srv -> /m/s;symlink m -> /y;bind rw /opt -> /y/b;remount-ro /;expect deny write /m except /y/b /m/a | can write `/m/b`",
        "param q: path;symlink ${q} -> /m/l;remount-ro /;expect deny write /m | `/m/l` may lead to anything, as a parameter says",
        "unshare pid;proc /proc;bind ro /proc/sys -> /proc/sys if owned;expect deny write /proc | can write `/proc`",
      })
  void doNotHold(String lines, String reason) {
    assertThat(errors(lines)).contains("this does not hold: ").contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bind ro /srv -> /m/s;remount-ro /;expect deny write /m",
        "bind ro /srv -> /m/s;expect deny write /m/s",
        "bind ro /srv -> /m/s;expect deny write /m except /m",
        "bind ro /srv -> /m/s;expect deny write /n",
        "bind ro /srv -> /m/s;expect deny read /m/t",
        "bind rw /srv/a -> /m;file /srv/f -> /m/f;expect deny read /srv/g",
        "unshare pid;proc /proc;bind ro /proc/sys -> /proc/sys if owned;expect deny write /proc/sys",
        "bind rw /srv -> /m/a;symlink a -> /m/b;remount-ro /;expect deny write /m except /m/a",
        "bind rw /srv -> /x;symlink ../x -> /m/a;remount-ro /;expect deny write /m except /m/a",
        "bind rw /srv -> /x;symlink ../x -> /m/b;remount-ro /;expect deny write /m except /m/a /x",
        "symlink d -> /home;bind rw /srv -> /d/me;remount-ro /;expect deny write /home except /home/me",
        "bind rw /srv -> /d/me;symlink ../d -> /home/us;remount-ro /;expect deny write /home except /home/us/me",
        "bind rw /srv -> /x;symlink /x -> /m/l;tmpfs /m over;remount-ro /m;remount-ro /;expect deny write /m",
        "bind rw /srv -> /m/a;symlink . -> /m/l;symlink /m -> /m/k;remount-ro /;expect deny write /m except /m/a",
        "param q: path;symlink ${q} -> /m/l;remount-ro /;expect deny write /m except /m/l",
      })
  void hold(String lines) {
    assertThat(errors(lines)).doesNotContain("this does not hold");
  }

  @ParameterizedTest
  @CsvSource({
    // What the host has mounted below stays writable.
    "bind rw /srv -> /m;remount-ro /m,/m,true,false",
    "bind rw /srv -> /m;remount-ro /m,/m/a,true,true",
    "bind ro / -> /,/dev/null,false,false",
    "bind rw /srv -> /;bind ro /dev/zero -> /z,/z,false,false",
    "bind dev / -> /,/dev/null,true,true",
    "bind ro / -> /,/dev/shm,true,false",
    "dev /dev,/dev/null,true,true",
    "proc /m,/m,true,false",
    "unshare pid;proc /m,/m,true,false",
    "unshare pid;proc /proc,/proc/self/cwd,true,true",
    "unshare pid,/proc/self/cwd,false,false",
    "bind ro / -> /;dev /dev,/dev/tty,true,true",
    "vardir /srv/v;scratch /s prefix x-;scratch-dir /s/d 0700,/s/d,true,true",
    "devices /dv prefix x-;rundir /run/x;node null c 1:3 0666,/dv/null,true,true",
  })
  void why(String lines, String path, boolean read, boolean write) {
    String unsafe = lines.replace("bind rw /srv -> /;", "unsafe bind rw /srv -> / because \"x\";");
    Plan plan = Specs.plan(text(unsafe.replaceFirst("^(bind dev .*)$", "unsafe $1 because \"x\"")));
    assertThat(Permissions.of(plan).view().can(path, false)).isEqualTo(read);
    assertThat(Permissions.of(plan).view().can(path, true)).isEqualTo(write);
  }
}
