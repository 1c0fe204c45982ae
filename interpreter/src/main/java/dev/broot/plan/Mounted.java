package dev.broot.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where operations mount something. */
final class Mounted implements Operation.Visitor<Optional<Word>> {
  private static final Mounted INSTANCE = new Mounted();

  private Mounted() {}

  /** Where it mounts something, or null where it does not. */
  static @Nullable Word target(Operation operation) {
    return operation.accept(INSTANCE).orElse(null);
  }

  @Override
  public Optional<Word> bind(Operation.Bind bind) {
    return Optional.of(bind.target());
  }

  @Override
  public Optional<Word> symlink(Operation.Symlink symlink) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> tmpfs(Operation.Tmpfs tmpfs) {
    return Optional.of(tmpfs.target());
  }

  @Override
  public Optional<Word> directory(Operation.Directory directory) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> proc(Operation.Proc proc) {
    return Optional.of(proc.target());
  }

  @Override
  public Optional<Word> dev(Operation.Dev dev) {
    return Optional.of(dev.target());
  }

  @Override
  public Optional<Word> mqueue(Operation.Mqueue mqueue) {
    return Optional.of(mqueue.target());
  }

  @Override
  public Optional<Word> overlay(Operation.Overlay overlay) {
    return Optional.of(overlay.target());
  }

  @Override
  public Optional<Word> remountReadOnly(Operation.RemountReadOnly remount) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> chmod(Operation.Chmod chmod) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> data(Operation.Data data) {
    return Optional.of(data.target());
  }

  @Override
  public Optional<Word> hide(Operation.Hide hide) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> protect(Operation.Protect protect) {
    return Optional.empty();
  }

  @Override
  public Optional<Word> raw(Operation.Raw raw) {
    return Optional.empty();
  }
}
