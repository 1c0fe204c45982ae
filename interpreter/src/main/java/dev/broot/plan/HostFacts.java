package dev.broot.plan;

import dev.broot.host.HostObjects;
import dev.broot.host.Shell;
import dev.broot.host.StateDirectory;
import dev.broot.spec.Caller;
import dev.broot.spec.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers from the machine that broot runs on. */
public final class HostFacts implements Host {
  // A large image on a slow disk.
  private static final long UNPACKED_MINUTES = 60;

  private final Map<String, String> environment;

  // Directories of images, by the variables that scripts have for them.
  private final Map<String, String> images = new ConcurrentHashMap<>();

  private HostFacts(Map<String, String> environment) {
    this.environment = environment;
  }

  /** This machine, seen with an environment. */
  public static Host of(Map<String, String> environment) {
    return new HostFacts(Map.copyOf(environment));
  }

  @Override
  public boolean isDirectory(String path) {
    return Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isEmptyDirectory(String path) {
    if (!isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(Path.of(path))) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public @Nullable String link(String path) {
    try {
      return Files.readSymbolicLink(Path.of(path)).toString();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  @Override
  public String real(String path) {
    return HostObjects.resolve(path);
  }

  @Override
  public int umask() {
    return Integer.parseInt(status("Umask:", "22"), 8);
  }

  @Override
  public long bounds() {
    return Long.parseUnsignedLong(status("CapBnd:", "0"), 16);
  }

  private static String status(String field, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(field.length()).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  @Override
  public boolean isOwned(String path) {
    try {
      Object mine = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return Files.getAttribute(Path.of(path), "unix:uid").equals(mine);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public @Nullable String pythonModule(String module) {
    try {
      String find = "broot_find_module " + ShellWords.quote(module);
      return Shell.ask(
              List.of("mask-report", "module"), List.of(find, "printf '%s\\0' \"$broot_module\""))
          .get(0);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String image(Image image, Word path) throws UnresolvedException {
    String known = images.get(image.variable());
    if (known != null) {
      return known;
    }
    List<String> lines = new ArrayList<>();
    for (String name : List.of("HOME", "XDG_CACHE_HOME", "PATH")) {
      String value = environment.get(name);
      lines.add(value == null ? "unset " + name : name + "=" + ShellWords.quote(value));
    }
    lines.add(ImageCall.LEARNT);
    lines.add(ImageCall.of(image, ShellWords.quote(path.display())));
    lines.add("printf '%s\\0' \"$broot_image\"");
    try {
      String directory =
          Shell.ask(ImageCall.ASKED, lines, UNPACKED_MINUTES, TimeUnit.MINUTES).get(0);
      images.put(image.variable(), directory);
      return directory;
    } catch (IOException e) {
      throw new UnresolvedException(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> parts(String last) {
    List<String> parts = new ArrayList<>(List.of("mask-report"));
    parts.addAll(MaskCalls.PARTS);
    parts.add(last);
    return parts;
  }

  @Override
  public List<String> masks(List<String> calls) throws UnresolvedException {
    try {
      return Shell.ask(parts("own"), calls);
    } catch (IOException e) {
      throw new UnresolvedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<String> nodes(List<String> calls) throws UnresolvedException {
    try {
      return Shell.ask(parts(MatchCalls.PART), calls);
    } catch (IOException e) {
      throw new UnresolvedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean reachesOwn(String path) {
    return StateDirectory.isReached(Path.of(path), environment);
  }

  @Override
  public @Nullable String variable(String name) {
    return switch (name) {
      case Caller.NAME -> Caller.plain(System.getProperty("user.name"));
      case Caller.UID -> number("unix:uid");
      case Caller.GID -> number("unix:gid");
      default -> images.containsKey(name) ? images.get(name) : environment.get(name);
    };
  }

  private static @Nullable String number(String attribute) {
    try {
      return String.valueOf(Files.getAttribute(Path.of("/proc/self"), attribute));
    } catch (IOException e) {
      return null;
    }
  }
}
