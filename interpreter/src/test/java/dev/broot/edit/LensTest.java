package dev.broot.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broot.support.Git;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verdict against HEAD above an open spec: of a real git repository, also of hostile ones. */
class LensTest extends Editor {
  private static final String WIDE = "bind rw /srv/x -> /x because \"t\"\n";

  private void git(String... arguments) throws IOException {
    Git.git(temp, arguments);
  }

  private void commit(String name, String text) throws IOException {
    Files.createDirectories(temp.resolve(name).getParent());
    Files.writeString(temp.resolve(name), text);
    git("add", "-A", ".");
    git("commit", "-qm", name);
  }

  @BeforeEach
  void repository() throws IOException {
    git("init", "-q", ".");
  }

  private CompletableFuture<List<? extends CodeLens>> ask(String name) {
    return server.getTextDocumentService().codeLens(new CodeLensParams(document(name)));
  }

  private List<String> lens(String name) throws Exception {
    return get(ask(name)).stream().map(lens -> lens.getCommand().getTitle()).toList();
  }

  @Test
  void aSpecIsComparedWithTheLastCommitAsOneTypes() throws Exception {
    commit("sub/a.broot", HOST);
    open("sub/a.broot", HOST);
    assertThat(lens("sub/a.broot")).containsExactly("EQUAL to HEAD");
    type("sub/a.broot", HOST + WIDE + "bind ro /opt -> /o\n");
    mistakes("sub/a.broot");
    assertThat(lens("sub/a.broot"))
        .singleElement()
        .asString()
        .matches("WIDER than HEAD: \\+ may write /srv/x on the host, .*and \\d+ more");
    type("sub/a.broot", HOST + "bnd\n");
    mistakes("sub/a.broot");
    assertThat(lens("sub/a.broot")).as("what does not compile has no verdict").isEmpty();
    type("sub/a.broot", HOST + "tmpfs /usr over\n");
    mistakes("sub/a.broot");
    assertThat(lens("sub/a.broot"))
        .singleElement()
        .asString()
        .startsWith("NARROWER than HEAD: - may no longer read /usr");
    commit("sub/a.broot", HOST + "bnd\n");
    assertThat(lens("sub/a.broot"))
        .containsExactly("UNKNOWN against HEAD: the version there does not compile");
    git("rm", "-q", "--cached", "sub/a.broot");
    git("commit", "-qm", "none");
    assertThat(lens("sub/a.broot")).as("a spec that HEAD does not have").isEmpty();
  }

  @Test
  void includesAreThoseOfTheEditorAndThoseOfHead() throws Exception {
    commit("part.broot", "fragment 1\n");
    commit("a.broot", HOST + "include part.broot\n");
    Files.writeString(temp.resolve("part.broot"), "fragment 1\nbnd\n");
    open("part.broot", "fragment 1\n");
    open("a.broot", HOST + "include part.broot\n");
    assertThat(lens("a.broot")).containsExactly("EQUAL to HEAD");
    assertThat(lens("part.broot")).as("a fragment is no sandbox").isEmpty();
    assertThat(refreshed).isEmpty();
    type("part.broot", "fragment 1\n" + WIDE);
    assertThat(refreshed.poll(20, TimeUnit.SECONDS)).isTrue();
    assertThat(lens("a.broot"))
        .singleElement()
        .asString()
        .startsWith("WIDER than HEAD: + may write /srv/x");
  }

  @Test
  void theCommandShowsAllThatDiffers() throws Exception {
    commit("a.broot", HOST);
    StringBuilder text = new StringBuilder(HOST + WIDE);
    for (int i = 0; i < 60; i++) {
      text.append("bind ro /opt/").append(i).append(" -> /o/").append(i).append('\n');
    }
    open("a.broot", text.toString());
    CodeLens lens = get(ask("a.broot")).get(0);
    ExecuteCommandParams command =
        new ExecuteCommandParams(lens.getCommand().getCommand(), lens.getCommand().getArguments());
    String said = String.valueOf(get(server.getWorkspaceService().executeCommand(command)));
    assertThat(said)
        .startsWith("WIDER\ngained\n  + may write /srv/x on the host")
        .contains("a.broot:4", "because \"t\"", "/opt/59");
    assertThat(shown.poll(20, TimeUnit.SECONDS))
        .startsWith("WIDER\ngained\n")
        .endsWith("more; run `broot diff --git HEAD FILE`");
    for (ExecuteCommandParams odd :
        List.of(
            new ExecuteCommandParams("broot.none", List.of(uri("a.broot"))),
            new ExecuteCommandParams("broot.diff", List.of()),
            new ExecuteCommandParams("broot.diff", List.of(1)))) {
      assertThatThrownBy(() -> get(server.getWorkspaceService().executeCommand(odd)))
          .hasMessageContaining("the command is broot.diff URI");
    }
    command.setArguments(List.of("untitled:x"));
    assertThat(String.valueOf(get(server.getWorkspaceService().executeCommand(command))))
        .startsWith("There is nothing to compare");
  }

  @Test
  void whatIsInNoRepositoryHasNoLens() throws Exception {
    Files.delete(temp.resolve(".git/HEAD"));
    open("a.broot", HOST);
    assertThat(lens("a.broot")).isEmpty();
    assertThat(get(ask("never-opened.broot"))).isEmpty();
  }

  @Test
  void aRepositoryStartsNoProgramsOfItsOwn() throws Exception {
    commit("a.broot", HOST);
    Path ran = temp.resolve("ran");
    Path evil = Files.writeString(temp.resolve("evil"), "#!/bin/sh\necho >'" + ran + "'\nexit 1\n");
    assertThat(evil.toFile().setExecutable(true)).isTrue();
    for (String key : List.of("core.fsmonitor", "core.sshCommand", "core.pager", "diff.external")) {
      git("config", key, evil.toString());
    }
    open("a.broot", HOST);
    assertThat(lens("a.broot")).containsExactly("EQUAL to HEAD");
    // The object is said to be at a place that a program fetches from.
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "far");
    git("config", "remote.far.promisor", "true");
    git("config", "remote.far.url", "ext::" + evil + " %S");
    git("config", "protocol.ext.allow", "always");
    String id = Git.git(temp, "rev-parse", "HEAD:a.broot").strip();
    Files.delete(temp.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2)));
    assertThat(lens("a.broot")).isEmpty();
    assertThat(ran).doesNotExist();
  }

  @Test
  void aDirectoryThatPlaysTheRepositoryIsNotBelieved() throws Exception {
    commit("a.broot", HOST + WIDE);
    commit("sub/a.broot", HOST);
    Path bare = temp.resolve("sub");
    Path home = temp.resolve(".git");
    for (String part : List.of("objects", "refs", "HEAD")) {
      Run.run("cp", "-R", home.resolve(part).toString(), bare.toString());
    }
    Files.writeString(bare.resolve("config"), "[core]\nbare = true\n");
    open("sub/a.broot", HOST + WIDE);
    assertThat(lens("sub/a.broot")).isEmpty();
  }

  @Test
  void aGitThatHangsDelaysNothingElseAndIsEnded() throws Exception {
    commit("a.broot", HOST);
    open("a.broot", HOST);
    Files.delete(temp.resolve(".git/HEAD"));
    assertThat(Run.run("mkfifo", temp.resolve(".git/HEAD").toString()).status()).isZero();
    limit = Duration.ofSeconds(6);
    CompletableFuture<List<? extends CodeLens>> asked = ask("a.broot");
    while (!isGitThere()) {
      assertThat(asked).isNotDone();
    }
    for (int i = 0; i < 10; i++) {
      type("a.broot", HOST + "bnd\n");
      assertThat(mistakes("a.broot")).hasSize(1);
      type("a.broot", HOST);
      assertThat(mistakes("a.broot")).isEmpty();
    }
    List<CompletableFuture<List<? extends CodeLens>>> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(ask("a.broot"));
    }
    // What has no place in the queue is answered at once.
    assertThat(get(many.get(99))).isEmpty();
    assertThat(asked).isNotDone();
    many.forEach(one -> one.cancel(true));
    assertThat(get(asked)).isEmpty();
    assertThat(isGitThere()).isFalse();
  }

  private static boolean isGitThere() {
    return ProcessHandle.current()
        .descendants()
        .map(one -> one.info().command().orElse(""))
        .anyMatch(command -> command.endsWith("/git"));
  }
}
