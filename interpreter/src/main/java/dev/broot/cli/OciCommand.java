package dev.broot.cli;

import com.google.gson.GsonBuilder;
import dev.broot.host.Bytes;
import dev.broot.host.HostObjects;
import dev.broot.host.Removal;
import dev.broot.host.Shell;
import dev.broot.plan.Host;
import dev.broot.plan.HostFacts;
import dev.broot.plan.Plan;
import dev.broot.plan.Resolver;
import dev.broot.plan.UnresolvedException;
import dev.broot.script.JudgeScript;
import dev.broot.translate.OciBundle;
import dev.broot.translate.OciExport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** {@code broot export oci SPEC -o DIR -- ARGV...}. */
final class OciCommand {
  private OciCommand() {}

  static int run(Arguments arguments, Console console) throws UsageError, IOException {
    String directory = arguments.value("-o", "");
    if (directory.isEmpty()) {
      throw new UsageError("say where the bundle is made: export oci SPEC -o DIR -- ARGV...");
    }
    ExportTargets.Known known =
        ExportTargets.known(arguments, HostObjects.of(console.env()), console);
    if (known == null) {
      return Status.REFUSED;
    }
    List<String> program = ExportTargets.program(known.plan(), arguments);
    OciBundle bundle;
    try {
      Host host = HostFacts.of(console.env());
      judge(known.plan(), host);
      bundle = OciExport.bundle(known.plan(), known.inherit(), host, program);
    } catch (UnresolvedException | IOException e) {
      console.fail(String.valueOf(e.getMessage()));
      return Status.FAILED;
    }
    if (!ExportTargets.isAccepted(bundle.shortfalls(), "a bundle", arguments, console)) {
      return Status.REFUSED;
    }
    Path target = Path.of(directory);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      console.fail(target + " is there already; name a directory that broot can make");
      return Status.FAILED;
    }
    try {
      write(bundle, target);
    } catch (CharacterCodingException e) {
      console.fail("a path or a variable is not UTF-8, and config.json can hold nothing else");
      return Status.REFUSED;
    }
    return Status.OK;
  }

  /** As each run does: a value of now, and what the host's names lead to now. */
  static void judge(Plan plan, Host host) throws UnresolvedException, IOException {
    Resolver.ask(plan, host);
    Plan resolved = Resolver.resolve(plan, host);
    Shell.ask(JudgeScript.PARTS, JudgeScript.calls(resolved, word -> false));
  }

  private static byte[] json(OciBundle bundle) throws CharacterCodingException {
    String text =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(bundle.config());
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text + "\n"));
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    return all;
  }

  /** Makes a bundle, whole or not at all. */
  static void write(OciBundle bundle, Path target) throws IOException {
    byte[] config = json(bundle);
    Path parent = target.toAbsolutePath().getParent();
    Path made = Files.createTempDirectory(parent == null ? Path.of("/") : parent, ".broot-");
    try {
      for (Map.Entry<String, OciBundle.Entry> entry : bundle.entries().entrySet()) {
        write(made.resolve(entry.getKey()), entry.getValue());
      }
      // At the end, since not everybody can write to every directory that is his.
      for (Map.Entry<String, OciBundle.Entry> entry : bundle.entries().entrySet()) {
        if (entry.getValue() instanceof OciBundle.Directory directory) {
          mode(made.resolve(entry.getKey()), directory.mode());
        }
      }
      write(made.resolve("config.json"), config, 0600);
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Removal.remove(made);
      throw e;
    }
  }

  private static void write(Path file, OciBundle.Entry entry) throws IOException {
    if (entry instanceof OciBundle.Directory) {
      Files.createDirectory(file);
    } else if (entry instanceof OciBundle.Link link) {
      Files.createSymbolicLink(file, Path.of(link.text()));
    } else if (entry instanceof OciBundle.Text text) {
      write(file, Bytes.encode(text.text()), text.mode());
    } else if (entry instanceof OciBundle.Copy copy) {
      Path source = Path.of(copy.source());
      boolean nothing = copy.source().equals("/dev/null");
      if (!nothing && !Files.isRegularFile(source)) {
        throw new FileSystemException(copy.source(), null, "is no file that can be copied");
      }
      byte[] content = nothing ? new byte[0] : Files.readAllBytes(source);
      write(file, content, copy.mode());
    }
  }

  private static void write(Path file, byte[] content, int mode) throws IOException {
    Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    mode(file, mode);
  }

  // Whatever the umask.
  private static void mode(Path file, int mode) throws IOException {
    Files.setAttribute(file, "unix:mode", mode);
  }
}
