package dev.broot.support;

import static dev.broot.support.Golden.HOME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Checkouts that are built in a moment. */
public final class Checkout {
  private Checkout() {}

  /**
   * A checkout whose Maven and Java are stand-ins: what is built is a script that echoes.
   *
   * @param maven what Maven does besides
   */
  public static Path of(Path temp, String maven) throws IOException {
    Path home = temp.resolve("checkout");
    for (String directory : List.of("bin", "fake", "grammar/src", "interpreter/src/main")) {
      Files.createDirectories(home.resolve(directory));
    }
    for (String file : List.of("pom.xml", "grammar/pom.xml", "interpreter/pom.xml")) {
      Files.writeString(home.resolve(file), "");
    }
    Path parts = Path.of("interpreter/src/main/resources/dev/broot/script");
    Files.createDirectories(home.resolve(parts));
    for (String part : List.of("probe.sh", "explain.sh", "host.sh", "program.sh")) {
      Files.copy(HOME.resolve(parts).resolve(part), home.resolve(parts).resolve(part));
    }
    for (String tool : List.of("broot", ".build", ".cache", ".install-bwrap")) {
      Files.copy(HOME.resolve("bin/" + tool), home.resolve("bin/" + tool));
    }
    tool(
        home.resolve("fake/mvn"),
        "echo build >>"
            + home
            + "/builds\nmkdir -p interpreter/target/lib\n"
            + ">interpreter/target/broot.jar\n"
            + maven);
    tool(
        Files.createDirectories(home.resolve("fake/bin")).resolve("java"),
        "while [ $# -gt 0 ]; do [ \"$1\" != --script-to ] || echo 'broot_decided=yes; echo ran \"$@\"' >\"$2\"; shift; done");
    return home;
  }

  /** A program that is a shell script. */
  public static void tool(Path path, String script) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
