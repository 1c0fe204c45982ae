package dev.broot.run;

import java.nio.file.Path;

/** A socket that programs in a root can connect to, under its name. */
public final class Api {
  /** A server in this process. */
  @FunctionalInterface
  public interface Server {
    /**
     * Starts to listen.
     *
     * @param socket where; in a directory that only this user can enter
     * @return what ends it
     * @throws Exception when it cannot
     */
    AutoCloseable listen(Path socket) throws Exception;
  }

  final String name;
  final Server server;

  private Api(String name, Server server) {
    this.name = name;
    this.server = server;
  }

  /** A server that lives as long as the root. */
  public static Api serving(String name, Server server) {
    return new Api(name, server);
  }

  /** A socket of somebody else's. */
  public static Api socket(String name, Path socket) {
    return new Api(name, new Existing(socket));
  }

  /** A socket that is there. */
  record Existing(Path path) implements Server {
    @Override
    public AutoCloseable listen(Path ignored) {
      return () -> {};
    }
  }
}
