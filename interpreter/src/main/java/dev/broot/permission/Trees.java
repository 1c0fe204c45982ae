package dev.broot.permission;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tree of names stands behind a thing, as a {@link PathKey}: what is below it, by name. */
final class Trees implements Thing.Visitor<Optional<String>> {
  private static final Trees INSTANCE = new Trees();

  private Trees() {}

  /** The tree of the host, or of a procfs, that is seen there whole; null where there is none. */
  static @Nullable String of(Thing thing) {
    return thing.accept(INSTANCE).orElse(null);
  }

  /** The trees that are seen there, whole or, as layers, one over the other. */
  static List<String> all(Thing thing) {
    return thing instanceof Thing.Overlay overlay
        ? overlay.layers()
        : thing.accept(INSTANCE).stream().toList();
  }

  @Override
  public Optional<String> host(Thing.Host host) {
    return Optional.of(host.source());
  }

  @Override
  public Optional<String> socket(Thing.Socket socket) {
    return Optional.of(socket.source());
  }

  @Override
  public Optional<String> module(Thing.Module module) {
    return Optional.of(PathKey.ofModule(module.name()));
  }

  @Override
  public Optional<String> proc(Thing.Proc proc) {
    return Optional.of(PathKey.join(PathKey.OWN_PROC, proc.part()));
  }

  @Override
  public Optional<String> overlay(Thing.Overlay overlay) {
    return Optional.empty();
  }

  @Override
  public Optional<String> memory(Thing.Memory memory) {
    return Optional.empty();
  }

  @Override
  public Optional<String> queues(Thing.Queues queues) {
    return Optional.empty();
  }

  @Override
  public Optional<String> minimal(Thing.MinimalDevices minimal) {
    return Optional.empty();
  }

  @Override
  public Optional<String> devices(Thing.Devices devices) {
    return Optional.empty();
  }

  @Override
  public Optional<String> scratch(Thing.Scratch scratch) {
    return Optional.empty();
  }

  @Override
  public Optional<String> copy(Thing.Copy copy) {
    return Optional.empty();
  }

  @Override
  public Optional<String> writing(Thing.Writing writing) {
    return Optional.empty();
  }

  @Override
  public Optional<String> provider(Thing.Provider provider) {
    return Optional.empty();
  }

  @Override
  public Optional<String> link(Thing.Link link) {
    return Optional.empty();
  }

  @Override
  public Optional<String> directory(Thing.Directory directory) {
    return Optional.empty();
  }
}
