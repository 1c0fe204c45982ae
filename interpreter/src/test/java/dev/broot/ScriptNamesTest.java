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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a script share one room for names: none may take another's. */
class ScriptNamesTest {
  private static final Pattern FUNCTION = Pattern.compile("(?m)^(broot_[a-z0-9_]+)\\(\\) [{(]");
  private static final Pattern VARIABLE = Pattern.compile("(?m)(?<![$\\w{])(broot_[a-z0-9_]+)=");

  private static List<String> functions(String script) {
    List<String> names = new ArrayList<>();
    Matcher found = FUNCTION.matcher(script);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base host",
        "base osbuild-2020\nroot /r\nrunner r\nlibdir /lib",
        "base osbuild-2026\nroot /r\nrunner /r\nlibdir /lib\nlimit memory 1GiB\nlimit pids 9",
        "base host\napis /a\napi x serve [\"y\", \"${socket}\"]\nlimit pids 9\nenv inherit",
        "base host\nbind rw /a -> /b\nhide /a/c\nprotect /b/d optional\nlimit open-files 99",
        "base host\nnet allow example.org:443\nbind rw /a -> /b\nexpect deny read /root",
        "base host\nnet allow *.example.org:443",
        "base host\nnet user",
        "base host\ndescriptor inherit jobs\nenv pass MAKEFLAGS\nnet allow localhost:1",
      })
  void eachNameIsOneThing(String lines) {
    RunOptions options =
        new RunOptions(
                "1",
                "1",
                "/status",
                RunOptions.Mode.PROGRAM,
                java.util.Map.of("jobs", 20),
                null,
                null)
            .telling(true);
    String script = ScriptWriter.write(Specs.plan("broot 1\n" + lines + "\n"), options, "TEST");
    // These are run by shells of their own.
    for (String program :
        List.of(
            "net-relays",
            "net-relay",
            "net-listeners",
            "net-names",
            "net-say",
            "net-connect",
            "net-proxy",
            "net-world")) {
      script = script.replace(ShellWords.quote(Shipped.text("script/" + program + ".sh")), "''");
    }
    List<String> functions = functions(script);
    assertThat(functions).contains("broot_attest", "broot_supervise").doesNotHaveDuplicates();
    Set<String> variables = new HashSet<>();
    Matcher found = VARIABLE.matcher(script);
    while (found.find()) {
      variables.add(found.group(1));
    }
    assertThat(functions).doesNotContainAnyElementsOf(variables);
  }
}
