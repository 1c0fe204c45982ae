package dev.broot.plan;

/** What a bind shows. */
public sealed interface Source {
  /** Its path on the host. */
  Word path();

  /** Hands this to the method for its kind. */
  <T> T accept(Visitor<T> visitor);

  /** What is done with each kind of source. */
  interface Visitor<T> {
    /** A path of the host. */
    T hostPath(HostPath path);

    /** A socket of the host. */
    T hostSocket(HostSocket socket);

    /** A tmpfs with device nodes. */
    T devices(Devices devices);

    /** A writable temporary directory. */
    T scratch(Scratch scratch);

    /** A text of the spec. */
    T text(Text text);

    /** A socket of a provider. */
    T providerSocket(ProviderSocket socket);

    /** The directory of a Python module. */
    T pythonModule(PythonModule module);
  }

  /** A file or directory of the host, whatever the path leads to. */
  record HostPath(Word path) implements Source {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.hostPath(this);
    }
  }

  /** A socket of the host, on which somebody else listens. */
  record HostSocket(Word path) implements Source {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.hostSocket(this);
    }
  }

  /**
   * A tmpfs of the host with device nodes in it.
   *
   * @param temp the name of its temporary directory
   */
  record Devices(String temp) implements Source {
    @Override
    public Word path() {
      return Word.temp(temp);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.devices(this);
    }
  }

  /**
   * A temporary directory of the host, gone after the run.
   *
   * @param temp the name of the temporary directory that it is or lies in
   * @param inner its path in that one, or empty when it is that one
   */
  record Scratch(String temp, String inner) implements Source {
    @Override
    public Word path() {
      return Word.temp(temp, inner);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.scratch(this);
    }
  }

  /**
   * A text of the spec in a file of a temporary directory.
   *
   * @param temp the name of the temporary directory
   * @param inner the file's path in that one
   */
  record Text(String temp, String inner, Word content) implements Source {
    @Override
    public Word path() {
      return Word.temp(temp, inner);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.text(this);
    }
  }

  /**
   * A socket on which a program listens that the setup starts.
   *
   * @param temp the name of the temporary directory in which it lies
   * @param api the socket's name
   */
  record ProviderSocket(String temp, String api) implements Source {
    @Override
    public Word path() {
      return Word.temp(temp, api);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.providerSocket(this);
    }
  }

  /** The directory in which the host's {@code python3} keeps a module. */
  record PythonModule(String module) implements Source {
    @Override
    public Word path() {
      return Word.pythonModule(module);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.pythonModule(this);
    }
  }
}
