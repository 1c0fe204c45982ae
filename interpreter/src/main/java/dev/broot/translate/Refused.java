package dev.broot.translate;

/** A word of a command line that no line of a spec can say. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
