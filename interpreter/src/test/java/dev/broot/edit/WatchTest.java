package dev.broot.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.junit.jupiter.api.Test;

/** What changes outside of the editor concerns the texts that are open in it. */
class WatchTest extends Editor {
  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private void tell(String... names) {
    List<FileEvent> events =
        Stream.of(names).map(name -> new FileEvent(uri(name), FileChangeType.Changed)).toList();
    server.getWorkspaceService().didChangeWatchedFiles(new DidChangeWatchedFilesParams(events));
  }

  private List<String> codes(String name) throws InterruptedException {
    return mistakes(name).stream().map(Editor::code).toList();
  }

  private String wish() throws InterruptedException {
    return String.valueOf(registered.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void aFragmentThatChangesOnDiskBringsNewDiagnostics() throws Exception {
    assertThat(wish()).contains("**/*.broot");
    write("parts/part.broot", "fragment 1\n");
    write("parts/link.broot", "");
    Files.delete(temp.resolve("parts/link.broot"));
    Files.createSymbolicLink(temp.resolve("parts/link.broot"), Path.of("part.broot"));
    assertThat(open("specs/a.broot", HOST + "include ../parts/part.broot\n"))
        .extracting(Editor::code)
        .containsExactly("BR107");
    assertThat(open("a.broot", HOST + "include parts/link.broot\n")).isEmpty();
    write("parts/part.broot", "fragment 1\nbnd\n");
    tell("parts/part.broot");
    String one = String.valueOf(published.take().getUri());
    assertThat(List.of(one, published.take().getUri()))
        .containsExactlyInAnyOrder(uri("a.broot"), uri("specs/a.broot"));
    assertThat(refreshed.poll(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFragmentThatIsMadeOrTakenAwayIsNoticed() throws Exception {
    assertThat(open("a.broot", HOST + "include part.broot\n"))
        .extracting(Editor::code)
        .containsExactly("BR107");
    write("part.broot", "fragment 1\n");
    tell("part.broot");
    assertThat(codes("a.broot")).isEmpty();
    Files.delete(temp.resolve("part.broot"));
    tell("part.broot");
    assertThat(codes("a.broot")).containsExactly("BR107");
  }

  @Test
  void whatIsOpenIsReadFromTheEditorAndSaysNothingTwice() throws Exception {
    write("part.broot", "fragment 1\nbnd\n");
    open("part.broot", "fragment 1\n");
    assertThat(open("a.broot", HOST + "include ./part.broot\n")).isEmpty();
    tell("part.broot");
    type("part.broot", "fragment 1\nbnd\n");
    assertThat(List.of(published.take().getUri(), published.take().getUri()))
        .containsExactlyInAnyOrder(uri("part.broot"), uri("a.broot"));
    assertThat(published).isEmpty();
  }

  @Test
  void aFragmentWithAnotherNameIsWatchedToo() throws Exception {
    wish();
    write("rules.conf", "fragment 1\n");
    open("a.broot", HOST + "include rules.conf\n");
    assertThat(wish()).contains("**/rules.conf");
    open("b.broot", HOST + "include rules.conf\n");
    assertThat(registered).isEmpty();
  }
}
