package dev.broot.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans with each word replaced by another. */
final class Words {
  /** What a word becomes. */
  interface Change {
    /** The new word. */
    Word of(Word word) throws UnresolvedException;
  }

  // Carries a checked exception through a visitor.
  private static final class Unresolved extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final UnresolvedException cause;

    Unresolved(UnresolvedException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  private final Change change;

  private Words(Change change) {
    this.change = change;
  }

  /** An operation with its words changed. */
  static Operation map(Operation operation, Change change) throws UnresolvedException {
    try {
      return operation.accept(new Words(change).operations());
    } catch (Unresolved e) {
      throw e.cause;
    }
  }

  /** A step with its words changed. */
  static Step map(Step step, Change change) throws UnresolvedException {
    return step.accept(new Words(change).steps());
  }

  private Word word(Word word) {
    try {
      return change.of(word);
    } catch (UnresolvedException e) {
      throw new Unresolved(e);
    }
  }

  private List<Word> words(List<Word> words) {
    return words.stream().map(this::word).toList();
  }

  private Operation.Visitor<Operation> operations() {
    return new Operation.Visitor<>() {
      @Override
      public Operation bind(Operation.Bind bind) {
        return new Operation.Bind(
            source(bind.source()),
            word(bind.target()),
            bind.access(),
            bind.optional(),
            null,
            bind.provenance());
      }

      @Override
      public Operation symlink(Operation.Symlink symlink) {
        return new Operation.Symlink(
            word(symlink.text()), word(symlink.target()), null, symlink.provenance());
      }

      @Override
      public Operation tmpfs(Operation.Tmpfs tmpfs) {
        return new Operation.Tmpfs(
            word(tmpfs.target()), tmpfs.size(), tmpfs.mode(), tmpfs.provenance());
      }

      @Override
      public Operation directory(Operation.Directory directory) {
        return new Operation.Directory(
            word(directory.target()), directory.mode(), directory.provenance());
      }

      @Override
      public Operation proc(Operation.Proc proc) {
        return new Operation.Proc(word(proc.target()), proc.provenance());
      }

      @Override
      public Operation dev(Operation.Dev dev) {
        return new Operation.Dev(word(dev.target()), dev.provenance());
      }

      @Override
      public Operation mqueue(Operation.Mqueue mqueue) {
        return new Operation.Mqueue(word(mqueue.target()), mqueue.provenance());
      }

      @Override
      public Operation overlay(Operation.Overlay overlay) {
        Operation.Changes changes = overlay.changes();
        return new Operation.Overlay(
            words(overlay.lower()),
            changes instanceof Operation.Changes.Upper kept
                ? new Operation.Changes.Upper(word(kept.upper()), word(kept.work()))
                : changes,
            word(overlay.target()),
            overlay.provenance());
      }

      @Override
      public Operation remountReadOnly(Operation.RemountReadOnly remount) {
        return new Operation.RemountReadOnly(word(remount.target()), remount.provenance());
      }

      @Override
      public Operation chmod(Operation.Chmod chmod) {
        return new Operation.Chmod(chmod.mode(), word(chmod.target()), chmod.provenance());
      }

      @Override
      public Operation data(Operation.Data data) {
        return new Operation.Data(
            data.as(),
            new Input(data.content().file(), word(data.content().content())),
            word(data.target()),
            data.mode(),
            data.provenance());
      }

      @Override
      public Operation matching(Operation.Matching matching) {
        return new Operation.Matching(
            word(matching.root()), matching.glob(), matching.optional(), matching.provenance());
      }

      @Override
      public Operation hide(Operation.Hide hide) {
        return new Operation.Hide(masked(hide.what()), hide.provenance());
      }

      @Override
      public Operation protect(Operation.Protect protect) {
        return new Operation.Protect(masked(protect.what()), protect.provenance());
      }

      @Override
      public Operation raw(Operation.Raw raw) {
        return new Operation.Raw(words(raw.arguments()), raw.provenance());
      }
    };
  }

  private Operation.Masked masked(Operation.Masked masked) {
    Word shown = masked.shown();
    return new Operation.Masked(
        word(masked.path()),
        shown == null ? null : word(shown),
        masked.pattern(),
        masked.optional());
  }

  // What is known by its path becomes a path of the host.
  private Source source(Source source) {
    return source.accept(
        new Source.Visitor<Source>() {
          @Override
          public Source hostPath(Source.HostPath path) {
            return new Source.HostPath(word(path.path()));
          }

          @Override
          public Source hostSocket(Source.HostSocket socket) {
            return new Source.HostSocket(word(socket.path()));
          }

          @Override
          public Source devices(Source.Devices devices) {
            return devices;
          }

          @Override
          public Source scratch(Source.Scratch scratch) {
            return scratch;
          }

          @Override
          public Source text(Source.Text text) {
            return new Source.Text(text.temp(), text.inner(), word(text.content()));
          }

          @Override
          public Source providerSocket(Source.ProviderSocket socket) {
            return socket;
          }

          @Override
          public Source pythonModule(Source.PythonModule module) {
            return new Source.HostPath(word(module.path()));
          }
        });
  }

  private Step.Visitor<Step, UnresolvedException> steps() {
    return new Step.Visitor<>() {
      @Override
      public Step makeDirectory(Step.MakeDirectory step) throws UnresolvedException {
        return new Step.MakeDirectory(change.of(step.path()), step.provenance());
      }

      @Override
      public Step makeTemp(Step.MakeTemp step) throws UnresolvedException {
        @Nullable Word parent = step.parent();
        return new Step.MakeTemp(
            step.name(),
            parent == null ? null : change.of(parent),
            change.of(step.prefix()),
            step.provenance());
      }

      @Override
      public Step mountTmpfs(Step.MountTmpfs step) {
        return step;
      }

      @Override
      public Step makeNode(Step.MakeNode step) {
        return step;
      }

      @Override
      public Step bindDevice(Step.BindDevice step) {
        return step;
      }

      @Override
      public Step makeInner(Step.MakeInner step) {
        return step;
      }

      @Override
      public Step writeText(Step.WriteText step) throws UnresolvedException {
        return new Step.WriteText(
            step.temp(), step.path(), change.of(step.text()), step.mode(), step.provenance());
      }

      @Override
      public Step startProvider(Step.StartProvider step) throws UnresolvedException {
        List<Word> command = new ArrayList<>();
        for (Word word : step.command()) {
          command.add(change.of(word));
        }
        return new Step.StartProvider(
            step.temp(), step.api(), command, step.required(), step.provenance());
      }
    };
  }
}
