package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Specs;
import dev.broot.support.Tree;
import dev.broot.support.Tree.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files with a text of the spec. */
class TextsTest {
  private static final String SCRIPT =
      "text /opt/run = \"#!/bin/sh\\necho \\\"ran $1\\\"; stat -c %a \\$0 /opt/plain\\n\" mode 0755\n"
              .replace("$1", "\\$1")
          + "text /opt/plain = \"\"\n";

  @TempDir Path temp = Path.of("");

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void aTextMayBeAProgram(Way way) throws Exception {
    String spec = "broot 1\nbase host\n" + SCRIPT + "entry /opt/run\n";
    Tree.Outcome outcome = new Tree(temp).run(way, spec, List.of("well"));
    assertThat(outcome).isEqualTo(new Tree.Outcome(0, "ran well\n755\n644\n"));
  }

  @NeedsSandbox
  @ParameterizedTest
  @EnumSource(Way.class)
  void soItMayInATemporaryDirectory(Way way) throws Exception {
    String spec =
        "broot 1\nbase host\nvardir " + temp + "\ntemp prefix t-\n" + SCRIPT + "entry /opt/run\n";
    Tree.Outcome outcome = new Tree(temp).run(way, spec, List.of("well"));
    assertThat(outcome).isEqualTo(new Tree.Outcome(0, "ran well\n755\n644\n"));
    assertThat(new Tree(temp).names("")).noneMatch(name -> name.startsWith("t-"));
  }

  @Test
  void aModeIsAMode() {
    String spec = "broot 1\nbase host\ntext /a = b mode 017777\n";
    assertThat(Specs.compile(spec, Map.of(), List.of()).diagnostics())
        .singleElement()
        .satisfies(one -> assertThat(one.message()).isEqualTo("`017777` is not a mode"));
  }
}
