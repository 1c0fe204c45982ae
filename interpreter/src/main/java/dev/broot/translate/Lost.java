package dev.broot.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Descriptors that bubblewrap would leave open in the program, and broot does not: those that a
 * script opens, and those of which the program is told by number.
 */
final class Lost {
  private static final Pattern TOLD =
      Pattern.compile(
          "(?:[<>]&|/(?:dev|proc/(?:self|[0-9]+))/fd/|\\bfds?[= :]|-auth=|-fds=)"
              + "([0-9]{1,7})(?:,([0-9]{1,7}))?\\b");
  private static final Pattern OPTION = Pattern.compile("--?(?:[a-z0-9]+-)*fds?");

  private Lost() {}

  /**
   * What is lost, each with the reason to think so.
   *
   * @param opened what a script opens for the command
   * @param used what options of bubblewrap take of it
   * @param told words that the program gets, and values of its variables
   */
  static List<String> of(Set<String> opened, Set<String> used, List<Arg> told) {
    Map<String, String> lost = new LinkedHashMap<>();
    for (String number : opened) {
      if (!used.contains(number)) {
        lost.put(number, "the script opens it");
      }
    }
    for (int i = 0; i < told.size(); i++) {
      String word = told.get(i).shown();
      boolean number = word.matches("[0-9]{1,7}");
      if (number && i > 0 && OPTION.matcher(told.get(i - 1).shown()).matches()) {
        lost.putIfAbsent(word, "`" + told.get(i - 1).shown() + " " + word + "`");
      }
      Matcher matcher = TOLD.matcher(word);
      while (matcher.find()) {
        lost.putIfAbsent(matcher.group(1), "`" + word + "`");
        if (matcher.group(2) != null) {
          lost.putIfAbsent(matcher.group(2), "`" + word + "`");
        }
      }
      if (word.startsWith("LISTEN_FDS=")) {
        lost.putIfAbsent("3", "`" + word + "`");
      }
    }
    lost.keySet().removeAll(Set.of("0", "1", "2"));
    return lost.entrySet().stream().map(Lost::said).toList();
  }

  private static String said(Map.Entry<String, String> one) {
    return "descriptor "
        + one.getKey()
        + " ("
        + one.getValue()
        + "): bwrap leaves it open in the program, and broot closes it; add the line `descriptor inherit fd"
        + one.getKey()
        + "`, and run it with --pass-fd fd"
        + one.getKey()
        + "="
        + one.getKey();
  }
}
