package dev.broot.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.broot.support.SubordinateIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of several users in a bundle. */
class OciMapTest extends OciCase {
  private static final String LINES =
      "cap add CAP_CHOWN\nmap users 200000-200999 -> 1-1000\nmap users 300000 -> 5000\n"
          + "map groups 400000-400009 -> 1-10\n";

  @Test
  void realRuncHasTheSameUsers() throws Exception {
    same(Who.ROOT, LINES, "cat /proc/self/uid_map /proc/self/gid_map");
    String give =
        "rm -f /work/made; : >/work/made; chown 1000:10 /work/made; echo $?;"
            + " stat -c %u:%g /work/made /work/shown; chown 1001 /work/made 2>&1; echo $?";
    same(Who.ROOT, LINES, give);
    Path made = work.resolve("made");
    assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(200999);
    assertThat(Files.getAttribute(made, "unix:gid")).isEqualTo(400009);
  }

  @Test
  void rootlessRuncGetsThemByTheHostsRanges() throws Exception {
    String ids = OciCase.NOBODY;
    Path users = Files.writeString(temp.resolve("subuid"), ids + ":200000:1000\n");
    Files.writeString(users, ids + ":300000:1\n", APPEND);
    Path groups = Files.writeString(temp.resolve("subgid"), ids + ":400000:10\n");
    String passwd = Files.readString(Path.of("/etc/passwd")) + "u:x:" + ids + ":" + ids + "::/:\n";
    Path known = Files.writeString(temp.resolve("passwd"), passwd);
    around =
        List.of(
            "sh", "-ec", "mount --bind \"$1\" /etc/passwd; shift; exec \"$@\"", "sh", known + "");
    around = Stream.concat(SubordinateIds.given(users, groups).stream(), around.stream()).toList();
    String give =
        "rm -f /work/made; : >/work/made; chown 1000:10 /work/made; cat /proc/self/uid_map";
    same(Who.USER, LINES, give);
    assertThat(Files.getAttribute(work.resolve("made"), "unix:uid")).isEqualTo(200999);
    assertThat(Files.getAttribute(work.resolve("made"), "unix:gid")).isEqualTo(400009);
  }

  @Test
  void theNumbersAreThoseOfTheSpec() throws Exception {
    JsonObject linux = bundle(Who.USER, spec(LINES), "true").config().getAsJsonObject("linux");
    assertThat(linux.get("uidMappings"))
        .isEqualTo(
            JsonParser.parseString(
                "[{'containerID':0,'hostID':64994,'size':1},"
                    + "{'containerID':1,'hostID':200000,'size':1000},"
                    + "{'containerID':5000,'hostID':300000,'size':1}]"));
    assertThat(linux.get("gidMappings"))
        .isEqualTo(
            JsonParser.parseString(
                "[{'containerID':0,'hostID':64994,'size':1},"
                    + "{'containerID':1,'hostID':400000,'size':10}]"));
  }
}
