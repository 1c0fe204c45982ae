package dev.broot;

import static dev.broot.support.Golden.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.support.NeedsSandbox;
import dev.broot.support.Run;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A Maven project of somebody who has nothing but docs/library.md and the installed artifacts. */
class StrangerTest {
  private static final String PLUGINS = "org.apache.maven.plugins:maven-";
  private static final String PAGE = "docs/library.md";

  @TempDir Path temp = Path.of("");

  @Test
  @NeedsSandbox
  void aProjectThatDependsOnTheInstalledArtifact() throws Exception {
    Path repository = repository();
    Path pom = HOME.resolve("pom.xml");
    maven(repository, "-f", pom.toString(), "-N", "install:install");
    maven(
        repository,
        "-f",
        pom.toString(),
        "-pl",
        "grammar,interpreter",
        "jar:jar",
        "install:install");
    Path project = project();
    Path classPath = temp.resolve("classpath");
    maven(
        repository,
        "-f",
        project.resolve("pom.xml").toString(),
        PLUGINS + "compiler-plugin:3.14.1:compile",
        PLUGINS + "dependency-plugin:3.9.0:build-classpath",
        "-Dmdep.outputFile=" + classPath);
    assertThat(Files.readString(classPath))
        .contains("/antlr4-runtime/", "/jnr-posix/")
        .doesNotContain("picocli", "lsp4j", "fabric8", "jackson", "java-diff-utils");
    List<String> java = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    if (Runtime.version().feature() >= 24) {
      // Without them, this Java has much to say.
      java.addAll(flags());
    }
    java.addAll(
        List.of(
            "-cp",
            project.resolve("target/classes") + ":" + Files.readString(classPath).strip(),
            "stranger.Embed",
            HOME.resolve("examples/hello.broot").toString()));
    Run.Result ran = Run.run(java.toArray(String[]::new));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("Result[status=3, ended=EXITED, output=hello\n");
    // JUnit has a word for each link.
    Run.run("find", repository.toString(), "-type", "l", "-delete");
  }

  // The jars of this machine, without what anybody has installed of broot.
  private Path repository() throws IOException, URISyntaxException {
    Path jar =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path here = jar.resolve("../../../../..").normalize();
    Path made = Files.createDirectory(temp.resolve("repository"));
    link(here, made, "dev");
    link(here.resolve("dev"), Files.createDirectory(made.resolve("dev")), "broot");
    return made;
  }

  private static void link(Path from, Path to, String without) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(without)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  private static void maven(Path repository, String... goals) throws Exception {
    List<String> argv =
        new ArrayList<>(List.of("mvn", "-B", "-q", "-o", "-Dmaven.repo.local=" + repository));
    argv.addAll(Arrays.asList(goals));
    Run.Result ran = Run.run(argv.toArray(String[]::new));
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
  }

  // Its module sees broot by the name that the jar says.
  private Path project() throws IOException {
    String page = Files.readString(HOME.resolve(PAGE));
    Path project = temp.resolve("stranger");
    Path sources = Files.createDirectories(project.resolve("src/main/java/stranger"));
    Files.writeString(
        sources.resolve("Embed.java"), "package stranger;\n" + block(page, "java", "class Embed"));
    Files.writeString(
        sources.resolve("../module-info.java"), "module stranger {\n  requires dev.broot;\n}\n");
    Files.writeString(
        project.resolve("pom.xml"),
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n"
            + "<modelVersion>4.0.0</modelVersion><groupId>stranger</groupId>"
            + "<artifactId>stranger</artifactId><version>1</version>\n"
            + "<properties><maven.compiler.release>17</maven.compiler.release>"
            + "<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>\n"
            + "<dependencies>"
            + block(page, "xml", "broot-interpreter")
            + "</dependencies></project>\n");
    return project;
  }

  private static List<String> flags() throws IOException {
    String line = block(Files.readString(HOME.resolve(PAGE)), "sh", "java --enable");
    return Arrays.stream(line.split(" ", -1)).filter(word -> word.startsWith("--")).toList();
  }

  private static String block(String page, String language, String with) {
    return Arrays.stream(page.split("\n```", -1))
        .filter(block -> block.startsWith(language + "\n") && block.contains(with))
        .map(block -> block.substring(language.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}
