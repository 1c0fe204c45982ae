package dev.broot.cli;

import dev.broot.host.Bytes;
import dev.broot.host.HostObjects;
import dev.broot.host.OutputFile;
import dev.broot.host.Sha256;
import dev.broot.plan.Host;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Input;
import dev.broot.plan.UnresolvedException;
import dev.broot.script.RunOptions;
import dev.broot.translate.KubernetesExport;
import dev.broot.translate.KubernetesJob;
import dev.broot.translate.KubernetesRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code broot export kubernetes SPEC -- ARGV...}. Only this verb loads Kubernetes' models. */
final class KubernetesCommand {
  private KubernetesCommand() {}

  static int run(Arguments arguments, Console console) throws UsageError, IOException {
    RunOptions options = RunArguments.options(arguments, RunOptions.Mode.PROGRAM, false);
    ExportTargets.Known known =
        ExportTargets.known(arguments, HostObjects.of(console.env()), console);
    if (known == null) {
      return Status.REFUSED;
    }
    String image = arguments.value("--image", "");
    KubernetesRequest request =
        new KubernetesRequest(
            ExportTargets.program(known.plan(), arguments),
            image.isEmpty() ? null : image,
            seconds(options.timeout()),
            seconds(options.killAfter()));
    KubernetesJob job;
    try {
      Host host = HostFacts.of(console.env());
      OciCommand.judge(known.plan(), host);
      job =
          KubernetesExport.job(
              known.plan(), known.inherit(), host, request, KubernetesCommand::read);
    } catch (UnresolvedException | IOException e) {
      console.fail(String.valueOf(e.getMessage()));
      return Status.FAILED;
    }
    if (!ExportTargets.isAccepted(job.shortfalls(), "a Pod", arguments, console)) {
      return Status.REFUSED;
    }
    String text;
    try {
      // It changes with all that is in it, so that no two Jobs share a policy or a text.
      String digest = Sha256.hex(job.yaml("job").getBytes(StandardCharsets.UTF_8));
      text = "# " + known.digest() + " is the plan.\n" + job.yaml(job.name(digest));
    } catch (CharacterCodingException e) {
      console.fail("a path or a variable is not UTF-8, and Kubernetes takes nothing else");
      return Status.REFUSED;
    }
    String target = arguments.value("-o", "");
    if (target.isEmpty()) {
      console.print(text);
    } else {
      // Values of variables are in it.
      OutputFile.write(Path.of(target), Bytes.encode(text), "rw-------");
    }
    return Status.OK;
  }

  private static @Nullable Long seconds(@Nullable String text) {
    return text == null
        ? null
        : new BigDecimal(text).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static byte[] read(Input input) throws IOException {
    String content = input.content().display();
    if (!input.file()) {
      return Bytes.encode(content);
    } else if (content.equals("/dev/null")) {
      return new byte[0];
    }
    Path file = Path.of(content);
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(content, null, "is no file that can be copied");
    }
    return Files.readAllBytes(file);
  }
}
