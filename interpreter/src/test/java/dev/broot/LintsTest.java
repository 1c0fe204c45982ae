package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are warned of, and which are not. */
class LintsTest {
  private static List<String> codes(String lines) {
    String text = "broot 1\nbase host\n" + lines.replace("; ", "\n") + "\n";
    return Specs.compile(text, Map.of(), List.of()).diagnostics().stream()
        .map(diagnostic -> diagnostic.code().id())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "param p: path; bind rw ${p} -> /p",
        "bind rw /home/me/work -> /work",
        "chmod 0700 /tmp; bind ro /srv/q -> /q; chmod 0700 /q/a",
        "bind rw /home/me/w -> /w; bind ro /home/me/w/vendor -> /w/vendor",
        "param p: path = /home/me/w; bind rw ${p} -> /w; bind ro ${p}/vendor -> /w/vendor optional",
        "bind ro /run/systemd/resolve/stub-resolv.conf -> /etc/resolv.conf",
        "bind rw /srv/q -> /q; bind ro /srv/q/vendor -> /q/vendor",
        "bind rw /srv/q -> /q; bind ro /srv/q/a/b -> /q/a",
        "bind rw /srv/q -> /q; bind ro /srv/q/a/b -> /x; tmpfs /q/a",
        "bind rw /srv/q -> /q; protect /srv/q/.git/hooks",
        "bind rw /srv/q -> /q; protect /srv/q/.git/hooks; bind ro /srv/q/.git/hooks -> /q/.git/hooks",
        "rundir /run/x; devices /d prefix x-; node null c 1:3 0666",
        "rundir /run/x; devices /d prefix x-; unsafe device sda because \"x\"",
        "param s: path = /srv/s; apis /run/api; unsafe api x socket ${s} because \"x\"",
        "env pass TOKENIZERS_PARALLELISM",
        "bind ro /home/me/.ssh/known_hosts -> /k",
        "bind ro /home/me/.gitconfig -> /k",
        "param h: path from env HOME; bind rw ${h}/.cache/pip -> /h",
        "limit cpus 0; syscalls deny sched_setaffinity",
        "limit cpus 0 best-effort; limit open-files 64; limit memory 1GiB",
        "bind ro /sys -> /sys; limit memory 1GiB",
        "limit cpus 0 because \"it is only for the others' comfort\"",
        "param h: path from env HOME; bind rw ${h}/work -> /h",
        "param s: path = /srv/s; unsafe bind ro ${s} -> /s because \"it may be anything\"",
        "unsafe bind ro /srv/link -> /s because \"it leads to a socket on some hosts\"",
        "apis /run/api; unsafe api x socket /srv/link because \"it leads to another on some hosts\"",
        "unsafe bind ro /run/user/1000/pipewire-0 -> /s because \"sound\"",
        "env pass SSH_ASKPASS",
        "env pass AWS_REGION",
        "env inherit because \"x\"",
        "proc /p; bind ro /proc/sys -> /p/sys if owned",
        "proc /p because \"x\"",
        "proc /p; tmpfs /p/sys",
        "proc /p; remount-ro /p",
        "bind ro / -> /host because \"x\"",
        "bind ro /home/me/.gitconfig -> /tmp/.gitconfig",
        "bind ro /srv/state.json -> /state.json",
        "unsafe share net because \"x\"; bind ro /etc -> /etc2 because \"x\"; text /etc/resolv.conf = \"\"; dir /etc/ssl",
        "unsafe share net because \"x\"; bind ro /etc/resolv.conf -> /etc/resolv.conf optional; bind ro /srv/c -> /etc/ssl/certs",
        "unsafe share net because \"x\"; bind ro /etc/resolv.conf -> /etc/resolv.conf; env SSL_CERT_FILE = /c",
      })
  void nothingIsSaidOf(String lines) {
    assertThat(codes(lines)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rundir /run/x; devices /d prefix x-; device sda | BR501",
        "rundir /run/x; devices /d prefix x-; node mem c 1:1 0600 | BR501",
        "apis /run/api; api x socket /etc | BR501",
        "env inherit | BR712",
        "proc /p | BR702",
        "limit cpus 0 | BR723",
        "bind rw /srv/q -> /q; chmod 0700 /q/a | BR724",
        "chmod 0700 /dev/null | BR724",
        "bind rw /sys -> /sys; limit pids 9 | BR702 BR723",
        "bind rw /sys/fs/cgroup/pids -> /c; limit pids 9 | BR702 BR723",
        "unsafe cap add CAP_SYS_RESOURCE because \"x\"; limit core 0 | BR723",
        "unsafe cap add CAP_SYS_NICE because \"x\"; limit nice 5; limit core 0 | BR723",
        "proc /p; bind ro /proc/irq -> /p/irq | BR702",
        "bind ro /home/me/.ssh -> /ssh | BR713",
        "bind ro /home/me/.ssh/id_ed25519 -> /key | BR713",
        "bind ro /root/.aws/credentials -> /key | BR713",
        "bind ro /etc/shadow -> /s | BR713",
        "bind ro /etc -> /s | BR713",
        "bind ro /home/u/.config -> /s | BR713",
        "bind ro /home/u/.cargo/credentials.toml -> /s | BR713",
        "bind ro /nix/var/nix/daemon-socket -> /s | BR701",
        "env pass DOCKER_HOST | BR711",
        "param h: path from env HOME; bind ro ${h} -> /h | BR713",
        "param h: path from env HOME; bind rw ${h} -> /h | BR501",
        "param h: path from env HOME; bind rw ${h}/.bashrc -> /h | BR501",
        "param r: path from env XDG_RUNTIME_DIR; bind ro ${r}/bus -> /b | BR501",
        "param s: path from env SSH_AUTH_SOCK; bind ro ${s} -> /s | BR501",
        "env pass AWS_SECRET_ACCESS_KEY | BR707",
        "env pass GITHUB_PAT | BR707",
        "env pass DB_PASS | BR707",
        "bind ro /root -> /r | BR713",
        "bind ro /home -> /h | BR713",
        "bind ro /var/home/me -> /h | BR713",
        "bind ro / -> /host; tmpfs /host/run; tmpfs /host/tmp; tmpfs /host/root; proc /host/proc"
            + " | BR701 BR702 BR713",
        "bind ro / -> /host; tmpfs /host/run; tmpfs /host/tmp; tmpfs /host/var; tmpfs /host/home;"
            + " tmpfs /host/root | BR716",
        "bind ro /var/lib/lxd -> /l | BR701",
        "bind ro /run/user/1000 -> /l | BR701",
        "bind rw /srv/p/.envrc -> /e | BR714 BR718",
        "bind rw /srv/p/.git/hooks -> /e | BR714",
        "bind rw /srv/p/.vscode -> /e | BR714",
        "share pid | BR715",
        "bind ro /proc/1 -> /p | BR716",
        "unsafe share net because \"x\"; bind ro /etc/resolv.conf -> /etc/resolv.conf; drop /etc/ssl/certs; drop /etc/ssl/cert.pem; drop /etc/ssl/ca-bundle.pem; drop /etc/ssl/openssl.cnf; drop /etc/ca-certificates/extracted; drop /etc/pki/tls/certs; drop /etc/pki/tls/cert.pem; drop /etc/pki/tls/openssl.cnf; drop /etc/pki/java/cacerts; drop /etc/pki/ca-trust/extracted; drop /etc/ssl | BR717",
        "unsafe share net because \"x\"; bind ro /etc/ssl -> /etc/ssl | BR717",
        "bind rw /srv/a.sqlite -> /a | BR718",
        "bind ro /dev -> /dev over | BR719",
        "bind rw /srv/q -> /q; bind ro /srv/q/a/b -> /q/a/b | BR720",
        "param p: path; bind rw ${p} -> ${p}; bind ro ${p}/a/b -> ${p}/a/b | BR720",
        "bind rw /srv/q -> /q; bind ro /srv/other -> /q/a/b | BR705 BR720",
        "bind rw /home/me/w -> /w; tmpfs /w/cache | BR705",
        "bind rw /srv/q -> /q; bind ro /srv/q/a -> /q/b | BR703 BR705",
      })
  void aWarning(String lines, String expected) {
    assertThat(codes(lines)).containsExactlyInAnyOrder(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bind ro /srv/q/a/b -> /q/a/b | /q/a/b | false",
        "bind ro /srv/q/a/b -> /q/a/b | /srv/q/a/b/c | false",
        "bind ro /dev/null -> /q/a/b | /q/a/b | false",
        "bind ro /srv/q/b -> /q/b | /q/b | true",
        "protect /srv/q/a/b | /q/a/b | true",
      })
  void aDenialHoldsWhereNothingAboveIsRenamed(String line, String path, boolean holds) {
    String lines = "bind rw /srv/q -> /q; " + line + "; expect deny write " + path;
    assertThat(!codes(lines).contains("BR601")).isEqualTo(holds);
  }
}
