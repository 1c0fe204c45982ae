package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.plan.ShellWords;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import dev.broot.shipped.Shipped;
import dev.broot.support.Specs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of a script share one room for names: none may take another's. */
class ScriptNamesTest {
  private static final Pattern FUNCTION = Pattern.compile("(?m)^(broot_[a-z0-9_]+)\\(\\) [{(]");
  private static final Pattern VARIABLE = Pattern.compile("(?m)(?<![$\\w{])(broot_[a-z0-9_]+)=");

  private static final Pattern ANY_FUNCTION =
      Pattern.compile("(?m)^ *(broot_[a-z0-9_]+)\\(\\) [{(]");
  private static final Pattern READ =
      Pattern.compile("\\b(?:read|for)(?: -r)?((?: (?:broot_[a-z0-9_]+|_))+)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w#./'-])broot_[a-z0-9_]+(?![\\w-])");
  private static final Pattern COMMENT = Pattern.compile("(?m)^ *#.*$");
  // With a default where nobody has set it, or a part of a name that ends with a number.
  private static final Pattern DEFAULTED = Pattern.compile("\\$\\{(broot_[a-z0-9_]+):?[-+]");

  private static final String IMAGE = "root image tar /r digest sha256:" + "0".repeat(64);

  /** Called by a part that every script has, where a variable says that theirs is there too. */
  private static final Map<String, String> OF_OPTIONAL_PARTS =
      Map.ofEntries(
          Map.entry("broot_trace", "denied"),
          Map.entry("broot_untrace", "denied"),
          Map.entry("broot_tell_denied", "denied"),
          Map.entry("broot_look_after", "providers"),
          // Where a device is looked for, or where something is hidden or protected.
          Map.entry("broot_node_match", "nodes"),
          Map.entry("broot_mask_pin", "mask-words"),
          Map.entry("broot_mask_guard", "mask-words"),
          Map.entry("broot_mask_cover", "mask-words"),
          Map.entry("broot_map", "map"),
          // Nothing is removed by a script that makes nothing.
          Map.entry("broot_erase", "erase"),
          Map.entry("broot_erase_theirs", "ids"));

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      names.addAll(List.of(found.group(found.groupCount()).strip().split(" ")));
    }
    return names;
  }

  private static List<String> functions(String script) {
    List<String> names = new ArrayList<>();
    Matcher found = FUNCTION.matcher(script);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  static List<String> specs() {
    return List.of(
        "base host",
        "base osbuild-2020\nroot /r\nrunner r\nlibdir /lib",
        "base osbuild-2020\nrunner r\nlibdir /lib\n" + IMAGE,
        "base host\nbind ro ${root}/usr -> /opt\n" + IMAGE,
        "base osbuild-2026\nroot /r\nrunner /r\nlibdir /lib\nlimit memory 1GiB\nlimit pids 9",
        "base host\napis /a\napi x serve [\"y\", \"${socket}\"]\nlimit pids 9\nenv inherit",
        "base host\nbind rw /a -> /b\nhide /a/c\nprotect /b/d optional\nlimit open-files 99",
        "base host\nnet allow example.org:443\nbind rw /a -> /b\nexpect deny read /root",
        "base host\nnet allow *.example.org:443",
        "base host\nnet user",
        "base host\nbind dev /dev/nvidia* optional",
        "base host\nbind dev /dev/nvidia*\nbind rw /a -> /b\nhide /a/c",
        "base host\nmap users auto\nmap groups 9 -> 1",
        "base host\nmap groups auto\nvardir /v\nscratch /var prefix s-\nlimit cpus 0",
        "base host\ndescriptor inherit jobs\nenv pass MAKEFLAGS\nnet allow localhost:1");
  }

  private static String script(String lines) {
    RunOptions options =
        new RunOptions("1", "1", "/status", RunOptions.Mode.PROGRAM, Map.of("jobs", 20), null, null)
            .telling(true);
    String script = ScriptWriter.write(Specs.plan("broot 1\n" + lines + "\n"), options, "TEST");
    // These are run by shells of their own.
    for (String program :
        List.of(
            "net-relays",
            "net-relay",
            "net-listeners",
            "net-names",
            "net-outside",
            "net-say",
            "net-connect",
            "net-proxy",
            "net-world")) {
      script = script.replace(ShellWords.quote(Shipped.text("script/" + program + ".sh")), "''");
    }
    return script;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void eachNameIsOneThing(String lines) {
    String script = script(lines);
    List<String> functions = functions(script);
    assertThat(functions).contains("broot_attest", "broot_supervise").doesNotHaveDuplicates();
    Set<String> variables = new HashSet<>();
    Matcher found = VARIABLE.matcher(script);
    while (found.find()) {
      variables.add(found.group(1));
    }
    assertThat(functions).doesNotContainAnyElementsOf(variables);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void eachNameThatIsUsedIsMade(String lines) {
    String script = COMMENT.matcher(script(lines)).replaceAll("");
    Set<String> used = found(NAME, script);
    assertThat(used).contains("broot_attest", "broot_supervise");
    used.removeIf(name -> name.endsWith("_"));
    used.removeAll(found(ANY_FUNCTION, script));
    used.removeAll(found(VARIABLE, script));
    used.removeAll(found(READ, script));
    used.removeAll(found(DEFAULTED, script));
    // Written beside broot_plan, without which nobody calls it.
    assertThat(script).contains("${broot_plan:+.} in\n      --help.) broot_help");
    used.remove("broot_help");
    assertThat(OF_OPTIONAL_PARTS.keySet()).containsAll(used);
    for (String name : used) {
      String part = Shipped.text("script/" + OF_OPTIONAL_PARTS.get(name) + ".sh");
      assertThat(found(ANY_FUNCTION, part)).contains(name);
    }
  }
}
