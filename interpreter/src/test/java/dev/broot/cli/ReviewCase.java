package dev.broot.cli;

import dev.broot.support.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A git repository of its own for each test of {@code broot review}. */
abstract class ReviewCase {
  static final String HOST = "broot 1\nbase host\n";
  static final String WIDE = "bind rw /srv -> /srv because \"a test\"\n";

  @TempDir Path temp = Path.of("");
  Path home = temp;

  @BeforeEach
  void makeRepository() throws IOException {
    home = Files.createDirectory(temp.resolve("repository"));
    git("init", "-q", "-b", "main");
  }

  String git(String... arguments) throws IOException {
    return Git.git(home, arguments);
  }

  void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void commit(String message) throws IOException {
    git("add", "-A");
    git("commit", "-qm", message);
  }
}
