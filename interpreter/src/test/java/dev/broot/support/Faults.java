package dev.broot.support;

import java.nio.file.Path;

/** What the tests that make things fail have in common. */
public final class Faults {
  private static final String SERVER =
      "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); s.accept()";

  private Faults() {}

  /**
   * A spec that sets up one of everything.
   *
   * @param run where its temporary directories lie
   */
  public static String spec(Path run) {
    return "rundir "
        + run
        + "/a/b create\nvardir "
        + run
        + "\ndrop /dev\ndevices /dev prefix dev-\nnode null c 1:3 0666\nnode zero c 1:5 0666\n"
        + "device full\ntemp prefix tmp-\nscratch /var\nscratch-dir /var/tmp 01777\n"
        + "text /etc/hello = hi\napis /run/api prefix api-\n"
        + "api x serve [\"/usr/bin/python3\", \"-c\", \""
        + SERVER
        + "\", \"${socket}\"]\n";
  }
}
