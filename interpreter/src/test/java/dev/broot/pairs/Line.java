package dev.broot.pairs;

/**
 * One line of a spec.
 *
 * @param kind why it was written
 * @param text the statement, without what stands around it
 * @param over whether it says that it hides something
 * @param unsafe whether it says that it is dangerous
 * @param level the file in which it stands
 */
record Line(Kind kind, String text, boolean over, boolean unsafe, Level level) {
  /** Where a line stands. */
  enum Level {
    /** In the base that the spec names. */
    BASE,
    /** In a fragment that the spec includes. */
    FRAGMENT,
    /** In the spec. */
    OWN
  }

  static Line of(Kind kind, String text) {
    return new Line(kind, text, false, false, Level.OWN);
  }

  Line withOver(boolean says) {
    return new Line(kind, text, says, unsafe, level);
  }

  Line withUnsafe(boolean says) {
    return new Line(kind, text, over, says, level);
  }

  Line at(Level other) {
    return new Line(kind, text, over, unsafe, other);
  }

  String verb() {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  @Override
  public String toString() {
    return (unsafe ? "unsafe " : "")
        + text
        + (over ? " over" : "")
        + (unsafe ? " because \"x\"" : "");
  }
}
