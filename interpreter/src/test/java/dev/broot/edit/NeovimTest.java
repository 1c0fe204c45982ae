package dev.broot.edit;

import static dev.broot.support.Broot.BROOT;
import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Host;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real editor, with what we ship for it, installed as docs/editor.md says. */
class NeovimTest {
  private static final String HOST = "broot 1\nbase host\n\n";

  @TempDir Path temp = Path.of("");

  @Test
  void neovimShowsAndDoesWhatTheServerKnows() throws Exception {
    Host.assumeNeovim();
    Path work = Files.createDirectory(temp.resolve("a b\u00e9"));
    String spec = HOST + "tmfs /\uD83D\uDE00\nbind ro /opt -> /opt\n\n";
    Files.writeString(work.resolve("a.broot"), HOST + "bind ro /opt -> /opt\n");
    Files.writeString(work.resolve("part.broot"), "fragment 1\n");
    sh(HOME, install());
    sh(work, "git init -q . && git add . && git commit -qm one");
    Files.writeString(work.resolve("a.broot"), spec);
    Path script = HOME.resolve("interpreter/src/test/resources/neovim.lua");
    sh(work, "nvim --headless -n -i NONE a.broot -c 'luafile " + script + "' </dev/null");
    Map<String, String> got = new HashMap<>();
    for (String line : Files.readAllLines(temp.resolve("out"))) {
      String[] parts = line.split(" = ", 2);
      got.put(parts[0], parts[1]);
    }
    assertThat(got).as(got.toString()).doesNotContainKeys("NEVER", "PROBLEM");
    assertThat(got)
        .containsEntry("filetype", "broot")
        .containsEntry("commentstring", "# %s")
        .containsEntry("colour", "brootKeyword")
        .containsEntry("client", "broot")
        .containsEntry("fix", "Write `tmpfs`")
        .containsEntry("mended", "tmpfs /\uD83D\uDE00")
        .containsEntry("completion", "bind bind-data")
        .containsEntry("omnifunc", "v:lua.vim.lsp.omnifunc")
        .containsEntry("laid out", "bind rw /srv/x -> /x because \"t\"  # why")
        .containsEntry("servers", "1")
        .containsEntry("lens of a fragment", "{}");
    assertThat(got.get("mistakes")).startsWith("BR102:4:0: ");
    assertThat(got.get("hover")).contains("--ro-bind /opt /opt");
    assertThat(got.get("lens"))
        .matches("WIDER than HEAD: \\+ may write /srv/x on the host, .*and \\d+ more");
    assertThat(got.get("differs")).contains("+ may write /srv/x on the host");
    // The server goes with its editor.
    Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(got.getOrDefault("pid", "")));
    if (server.isPresent()) {
      server.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  // The commands of the section about Neovim.
  private static String install() throws IOException {
    String page = Files.readString(HOME.resolve("docs/editor.md"));
    String section = page.substring(page.indexOf("### Neovim\n"));
    int start = section.indexOf("```sh\n") + 6;
    return section.substring(start, section.indexOf("```", start));
  }

  private void sh(Path directory, String script) throws IOException {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("HOME", temp.toString()),
            Map.entry("XDG_DATA_HOME", temp + "/.local/share"),
            Map.entry("XDG_CONFIG_HOME", temp + "/.config"),
            Map.entry("XDG_STATE_HOME", temp + "/.local/state"),
            Map.entry("PATH", Path.of(BROOT).getParent() + ":" + System.getenv("PATH")),
            Map.entry("OUT", temp + "/out"),
            Map.entry("GIT_AUTHOR_NAME", "Ada"),
            Map.entry("GIT_AUTHOR_EMAIL", "ada@example.org"),
            Map.entry("GIT_COMMITTER_NAME", "Ada"),
            Map.entry("GIT_COMMITTER_EMAIL", "ada@example.org"));
    Run.Result result =
        Run.run(environment, directory, List.of("timeout", "300", "sh", "-c", script));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
  }
}
