package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.Broot;
import dev.broot.support.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that can change what says what it may do. */
class OwnSpecTest {
  @TempDir Path temp = Path.of("");

  private Run.Result check(String lines) throws IOException {
    Path project = temp.resolve("work");
    Files.createDirectories(project.resolve("sub"));
    Files.writeString(project.resolve("sub/part.fragment"), "fragment 1\nenv A = b\n");
    Files.writeString(project.resolve("build.plan"), "");
    Path spec =
        Files.writeString(
            project.resolve("build.broot"),
            "broot 1\nbase host\nparam project: path\ninclude \"sub/part.fragment\"\n"
                + lines.replace("; ", "\n")
                + "\n");
    return Run.run(Broot.BROOT, "check", "--set", "project=" + project, spec.toString());
  }

  private static List<String> warnings(Run.Result result) {
    return (result.out() + result.err())
        .lines()
        .filter(line -> line.contains("[BR722]"))
        .map(line -> line.replaceFirst(".*: ", "").replaceFirst("`.*/", "`"))
        .toList();
  }

  @Test
  void aSpecItsFragmentsAndItsGoldenFileAreToldWithTheCure() throws IOException {
    Run.Result result = check("bind rw ${project} -> ${project} because \"the build works here\"");
    assertThat(warnings(result))
        .containsExactly(
            "the program can change this spec and so what its next run may do",
            "the program can change the golden file of this spec and so what its next run may do",
            "the program can change `part.fragment`, which this spec includes, and so what its next"
                + " run may do");
    assertThat(result.out() + result.err())
        .contains("hint: add the line `protect " + temp + "/work/build.broot`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bind ro ${project} -> ${project} | 0",
        "bind rw ${project} -> /work because \"x\" | 3",
        "bind rw ${project}/sub -> /sub because \"x\" | 1",
        "bind rw ${project}/other -> /other optional | 0",
        "bind rw ${project} -> /work because \"x\"; protect ${project}/build.broot; protect"
            + " ${project}/build.plan; protect ${project}/sub | 0",
        "bind rw ${project} -> ${project}; protect ${project}/**/*.broot; protect"
            + " ${project}/**/*.plan; protect ${project}/**/*.fragment | 0",
        "bind rw ${project} -> ${project}; protect ${project}/**/*.broot; protect"
            + " ${project}/**/*.plan; protect ${project}/**/*.fragment except ${project}/sub | 1",
        "bind rw ${project} -> ${project}; protect ${project}/*.broot; protect"
            + " ${project}/**/*.plan; protect ${project}/*.fragment | 1",
        "bind rw ${project} -> ${project} because \"x\"; include tools-protect | 2",
      })
  void whatCannotBeChangedIsNotTold(String lines, int told) throws IOException {
    Run.Result result = check(lines);
    assertThat(warnings(result)).as(result.toString()).hasSize(told);
    assertThat(result.out() + result.err()).doesNotContain("error[");
  }
}
