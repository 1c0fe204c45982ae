package dev.broot.permission;

import dev.broot.host.HostObjects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The symlinks of a host, and the other names of its mounts. */
final class RealLinks implements HostLinks {
  private final HostObjects host;
  private final Map<String, Optional<String>> texts = new HashMap<>();
  private final Map<String, String> led = new HashMap<>();

  RealLinks(HostObjects host) {
    this.host = host;
  }

  @Override
  public @Nullable String text(String path, World world) {
    return PathKey.isOpaque(path)
        ? null
        : texts.computeIfAbsent(path, at -> Optional.ofNullable(host.link(at))).orElse(null);
  }

  @Override
  public boolean mayBe(String last) {
    return true;
  }

  @Override
  public String follow(String path, World world) {
    boolean known = path.startsWith(PathKey.ROOT) && !PathKey.isOpen(path);
    return known
        ? led.computeIfAbsent(path, at -> PathKey.of(canonical(PathKey.display(at))))
        : path;
  }

  @Override
  public boolean hasMounts(String path) {
    return !PathKey.isOpaque(path) && host.hasMounts(path);
  }

  @Override
  public List<String> mountedBelow(String path) {
    return PathKey.isOpaque(path)
        ? List.of()
        : host.mountedBelow(PathKey.display(path)).stream().map(PathKey::of).toList();
  }

  // The root of a process of somebody else cannot be asked for, and is the host's on nearly all
  // hosts.
  private String canonical(String path) {
    String leads = host.canonical(path);
    String behind = WellKnown.behindRoot(leads);
    return behind == null ? leads : canonical(behind);
  }
}
