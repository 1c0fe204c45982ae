package dev.broot.permission;

/** Whether a thing can be written where its mount can. */
final class Changeable implements Thing.Visitor<Boolean> {
  static final Changeable INSTANCE = new Changeable();

  private Changeable() {}

  @Override
  public Boolean host(Thing.Host host) {
    return !Kept.isHarmless(host.source());
  }

  // It may be a directory.
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
    return true;
  }

  @Override
  public Boolean queues(Thing.Queues queues) {
    return true;
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

  @Override
  public Boolean writing(Thing.Writing writing) {
    return true;
  }

  // Its mode at least, as that of a socket of the host, and who connects to it writes to it.
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
    return true;
  }
}
