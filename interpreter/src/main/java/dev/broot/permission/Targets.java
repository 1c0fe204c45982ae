package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Word;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where operations take place. */
final class Targets implements Operation.Visitor<Optional<Word>> {
  private static final Targets INSTANCE = new Targets();

  private Targets() {}

  /** Where it takes place in the sandbox, or null where broot does not look into it. */
  static @Nullable Word of(Operation operation) {
    return operation.accept(INSTANCE).orElse(null);
  }

  @Override
  public Optional<Word> bind(Operation.Bind bind) {
    return Optional.of(bind.target());
  }

  @Override
  public Optional<Word> symlink(Operation.Symlink symlink) {
    return Optional.of(symlink.target());
  }

  @Override
  public Optional<Word> tmpfs(Operation.Tmpfs tmpfs) {
    return Optional.of(tmpfs.target());
  }

  @Override
  public Optional<Word> directory(Operation.Directory directory) {
    return Optional.of(directory.target());
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
  public Optional<Word> remountReadOnly(Operation.RemountReadOnly remountReadOnly) {
    return Optional.of(remountReadOnly.target());
  }

  @Override
  public Optional<Word> chmod(Operation.Chmod chmod) {
    return Optional.of(chmod.target());
  }

  @Override
  public Optional<Word> data(Operation.Data data) {
    return Optional.of(data.target());
  }

  @Override
  public Optional<Word> raw(Operation.Raw raw) {
    return Optional.empty();
  }
}
