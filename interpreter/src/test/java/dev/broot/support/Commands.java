package dev.broot.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The commands of this machine, but for some. */
public final class Commands {
  private Commands() {}

  /**
   * A directory to be the only one on PATH; a script of broot's forgets the other places that it
   * knows.
   */
  public static String without(Path temp, Path script, String... programs) throws IOException {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Run.run("sh", "-c", "ln -s /usr/bin/* /usr/sbin/ip \"$0\"", bin.toString());
    for (String program : programs) {
      Files.delete(bin.resolve(program));
    }
    Files.writeString(script, Files.readString(script).replace(":/usr/sbin:/sbin", ""));
    return bin.toString();
  }
}
