package dev.broot.permission;

import java.util.Set;

/** Whether there is something behind a thing that the spec does not say itself. */
final class Kept implements Thing.Visitor<Boolean> {
  static final Kept INSTANCE = new Kept();

  // Nothing is kept in them.
  private static final Set<String> HARMLESS =
      Set.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

  private Kept() {}

  /** Whether a path of the host is one in which nothing is kept. */
  static boolean isHarmless(String path) {
    return HARMLESS.contains(path);
  }

  @Override
  public Boolean host(Thing.Host host) {
    return !isHarmless(host.source());
  }

  @Override
  public Boolean socket(Thing.Socket socket) {
    return true;
  }

  @Override
  public Boolean module(Thing.Module module) {
    return true;
  }

  @Override
  public Boolean proc(Thing.Proc proc) {
    return true;
  }

  @Override
  public Boolean overlay(Thing.Overlay overlay) {
    return true;
  }

  @Override
  public Boolean memory(Thing.Memory memory) {
    return false;
  }

  @Override
  public Boolean queues(Thing.Queues queues) {
    return false;
  }

  @Override
  public Boolean minimal(Thing.MinimalDevices minimal) {
    return true;
  }

  @Override
  public Boolean devices(Thing.Devices devices) {
    return true;
  }

  @Override
  public Boolean scratch(Thing.Scratch scratch) {
    return true;
  }

  @Override
  public Boolean copy(Thing.Copy copy) {
    return true;
  }

  // A mask that the spec writes itself hides what it lies on.
  @Override
  public Boolean writing(Thing.Writing writing) {
    return PathKey.isOpaque(writing.text());
  }

  @Override
  public Boolean provider(Thing.Provider provider) {
    return true;
  }

  @Override
  public Boolean link(Thing.Link link) {
    return false;
  }

  @Override
  public Boolean directory(Thing.Directory directory) {
    return false;
  }
}
