package dev.broot.script;

import dev.broot.plan.Source;

/**
 * Whether what a source leads to was judged: what broot makes itself lies where nobody else can put
 * anything.
 */
final class JudgedSource implements Source.Visitor<Boolean> {
  static final JudgedSource INSTANCE = new JudgedSource();

  private JudgedSource() {}

  @Override
  public Boolean hostPath(Source.HostPath path) {
    return true;
  }

  @Override
  public Boolean hostSocket(Source.HostSocket socket) {
    return true;
  }

  @Override
  public Boolean devices(Source.Devices devices) {
    return false;
  }

  @Override
  public Boolean scratch(Source.Scratch scratch) {
    return false;
  }

  @Override
  public Boolean text(Source.Text text) {
    return false;
  }

  @Override
  public Boolean providerSocket(Source.ProviderSocket socket) {
    return false;
  }

  @Override
  public Boolean pythonModule(Source.PythonModule module) {
    return true;
  }
}
