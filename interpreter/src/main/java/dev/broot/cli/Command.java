package dev.broot.cli;

/** One command. */
abstract class Command {
  private final String name;
  private final String summary;

  Command(String name, String summary) {
    this.name = name;
    this.summary = summary;
  }

  final String name() {
    return name;
  }

  final String summary() {
    return summary;
  }

  /** Says which options and operands the command takes. */
  abstract void configure(Options options);

  /**
   * Runs the command.
   *
   * @return the exit status
   */
  abstract int run(Arguments arguments, Console console) throws Exception;
}
