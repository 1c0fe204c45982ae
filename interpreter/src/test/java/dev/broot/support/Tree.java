package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.SetupException;
import dev.broot.script.RunOptions;
import dev.broot.script.ScriptWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tree of files of the host, and programs that run where a spec shows it. */
public final class Tree {
  /** Who runs a plan. */
  public enum Way {
    /** The script. */
    SCRIPT,
    /** The script, as an ordinary user where these tests are run by root. */
    USER,
    /** The library. */
    LIBRARY
  }

  /** How a program ended, and what it said. */
  public record Outcome(int status, String output) {}

  // All that a program can try without knowing a hole in the kernel; DIR is a directory that it
  // may write. What it finds of what is secret, it says.
  private static final String ATTACK =
      """
      cd "$1" 2>/dev/null || echo "no $1"
      find . -depth ! -name . >/tmp/all
      while IFS= read -r f; do
        mv -- "$f" "$f.moved"; echo x >"$f"; true >>"$f"; chmod 777 -- "$f"; ln -- "$f" /tmp/hard; ln -- "$f" "$f.hard"
        rm -f -- "$f"; rmdir -- "$f"; rm -rf -- "$f"; ln -sfn /tmp "$f"; mkdir -p -- "$f"; echo x >"$f/made"; umount -- "$f"
      done </tmp/all
      d=.; for up in 1 2 3 4 5; do mv -- "$d" "$d.up"; d=$d/..; done
      unshare -Urm sh -c 'umount -R /; mount --bind "$1" /tmp; mount -t overlay -o lowerdir="$1":/usr none /tmp; mount --move "$1" /tmp
        for f in $(cat /tmp/all); do umount "$f"; mount -o remount,rw,bind "$f"; done; grep -rs SECRET / --exclude-dir=sys --exclude-dir=proc --exclude-dir=dev --exclude-dir=usr' - "$1"
      for p in /proc/self/root /proc/1/root /proc/self/cwd /proc/1/cwd /proc/self/fd/0/..; do grep -s SECRET "$p$1"/* "$p"/.*; done
      for f in /proc/1/fd/* /proc/self/fd/*; do grep -s SECRET "$f"/* "$f"/.*; done
      grep -rs SECRET / --exclude-dir=sys --exclude-dir=proc --exclude-dir=dev --exclude-dir=usr
      grep -s SECRET "$(echo "$1" | tr a-z A-Z)"/* "$1"/../*/.env "$1"/./.env
      echo attacked
      """;

  private final Path root;

  /** A tree in an empty directory. */
  public Tree(Path root) {
    this.root = root;
  }

  /** A tree in an empty directory that other users may look into. */
  public static Tree forAll(Path root) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Tree(root);
  }

  /** Where a part of the tree lies. */
  public String at(String path) {
    return root.resolve(path).toString();
  }

  /** Makes a file, with the directories above it. */
  public void file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent() == null ? root : file.getParent());
    Files.writeString(file, content + "\n");
  }

  /** Makes a symlink. */
  public void link(String path, String text) throws IOException {
    Files.createSymbolicLink(root.resolve(path), Path.of(text));
  }

  /** What is in a file, without the end of its line. */
  public String read(String path) throws IOException {
    return Files.readString(root.resolve(path)).strip();
  }

  /** The names in a directory, sorted. */
  public List<String> names(String path) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(path))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** A program that tries what it can in a directory which it may write. */
  public Outcome attack(Way way, String spec, String directory) throws Exception {
    return run(way, spec, List.of("sh", "-c", "{ " + ATTACK + "} 2>/dev/null", "-", at(directory)));
  }

  /** A line of the shell. */
  public Outcome run(Way way, String spec, String line) throws Exception {
    return run(way, spec, List.of("sh", "-c", line));
  }

  /** A program. */
  public Outcome run(Way way, String spec, List<String> argv) throws Exception {
    return way == Way.LIBRARY ? library(spec, argv) : script(way, spec, Map.of(), argv);
  }

  /** The same by the script, with changes to its environment. */
  public Outcome script(
      Way way, String spec, Map<String, @Nullable String> environment, List<String> argv)
      throws IOException {
    Path file = root.resolve("script.sh");
    Files.writeString(file, ScriptWriter.write(Specs.plan(spec), RunOptions.NONE, "TEST"));
    List<String> command = new ArrayList<>();
    if (way == Way.USER && Host.isRoot()) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThat(Run.run("chown", "-hR", "65534:65534", root.toString()).err()).isEmpty();
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of("dash", file.toString()));
    command.addAll(argv);
    Run.Result result = Run.run(environment, null, command);
    return new Outcome(result.status(), result.out() + result.err());
  }

  private static Outcome library(String spec, List<String> argv) throws InterruptedException {
    try (BuildRoot broot = BuildRoot.enter(Specs.valid(spec))) {
      dev.broot.run.Result result =
          broot.run(dev.broot.run.Run.of(argv.toArray(new String[0])).capture());
      return new Outcome(result.status(), result.output());
    } catch (SetupException e) {
      return new Outcome(125, "broot: " + e.getMessage() + "\n");
    }
  }
}
