package dev.broot.plan;

import dev.broot.spec.Access;
import dev.broot.spec.Condition;
import dev.broot.spec.Copied;
import dev.broot.spec.Mount;
import dev.broot.spec.Provenance;
import dev.broot.spec.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the mounts of a spec into the operations of a sandbox, in their order. */
final class OperationPlanner implements Mount.Visitor<List<Operation>> {
  // What bubblewrap makes for itself is closed to others, and to the user of the program too.
  private static final int TEXT_MODE = 0644;

  // What a bubblewrap before 0.5 gives it, which has no option for a mode.
  private static final int COPY_MODE = 0600;

  private OperationPlanner() {}

  static List<Operation> plan(List<Mount> mounts) {
    OperationPlanner planner = new OperationPlanner();
    List<Operation> operations = new ArrayList<>();
    mounts.forEach(mount -> operations.addAll(mount.accept(planner)));
    // What is hidden is hidden in all that was mounted, wherever its line stands.
    operations.addAll(MaskPlanner.plan(mounts, operations));
    return operations;
  }

  @Override
  public List<Operation> bind(Mount.Bind bind) {
    Word from = Word.of(bind.from());
    Question question =
        switch (bind.condition()) {
          case IF_DIRECTORY -> new Question(Question.Asked.DIRECTORY, from);
          case IF_OWNED -> new Question(Question.Asked.OWNED, from);
          case NONE, OPTIONAL -> null;
        };
    return List.of(
        new Operation.Bind(
            new Source.HostPath(from),
            Word.of(bind.to()),
            bind.access(),
            bind.condition() == Condition.OPTIONAL,
            question,
            bind.provenance()));
  }

  @Override
  public List<Operation> symlink(Mount.Symlink symlink) {
    Word to = Word.of(symlink.to());
    Question question = symlink.ifSymlink() ? new Question(Question.Asked.SYMLINK, to) : null;
    return List.of(
        new Operation.Symlink(Word.of(symlink.text()), to, question, symlink.provenance()));
  }

  @Override
  public List<Operation> fresh(Mount.FreshMount fresh) {
    Word to = Word.of(fresh.to());
    Provenance said = fresh.provenance();
    return List.of(
        switch (fresh.kind()) {
          case TMPFS -> new Operation.Tmpfs(to, fresh.size(), fresh.mode(), said);
          case DIR -> new Operation.Directory(to, fresh.mode(), said);
          case PROC -> new Operation.Proc(to, said);
          case DEV -> new Operation.Dev(to, said);
          case MQUEUE -> new Operation.Mqueue(to, said);
        });
  }

  @Override
  public List<Operation> overlay(Mount.Overlay overlay) {
    Value upper = overlay.upper();
    Value work = overlay.work();
    Operation.Changes changes =
        upper != null && work != null
            ? new Operation.Changes.Upper(Word.of(upper), Word.of(work))
            : overlay.writable() ? new Operation.Changes.Memory() : new Operation.Changes.None();
    return List.of(
        new Operation.Overlay(
            overlay.lower().stream().map(Word::of).toList(),
            changes,
            Word.of(overlay.to()),
            overlay.provenance()));
  }

  @Override
  public List<Operation> change(Mount.Change change) {
    Integer mode = change.mode();
    Word to = Word.of(change.to());
    return List.of(
        mode == null
            ? new Operation.RemountReadOnly(to, change.provenance())
            : new Operation.Chmod(mode, to, change.provenance()));
  }

  @Override
  public List<Operation> devices(Mount.Devices devices) {
    return bind(new Source.Devices(devices.name()), devices.to(), Access.DEV, devices.provenance());
  }

  @Override
  public List<Operation> scratch(Mount.Scratch scratch) {
    return bind(
        new Source.Scratch(scratch.temp(), scratch.inner()),
        scratch.to(),
        Access.RW,
        scratch.provenance());
  }

  @Override
  public List<Operation> text(Mount.TextFile text) {
    String temp = text.temp();
    Word content = Word.of(text.content());
    return temp == null
        ? List.of(
            new Operation.Data(
                Copied.RO,
                new Input(false, content),
                Word.of(text.to()),
                textMode(text.mode()),
                text.provenance()))
        : bind(
            new Source.Text(temp, text.inner(), content), text.to(), Access.RO, text.provenance());
  }

  private static @Nullable Integer textMode(@Nullable Integer said) {
    if (said == null) {
      return TEXT_MODE;
    }
    return said == COPY_MODE ? null : said;
  }

  @Override
  public List<Operation> copy(Mount.Copy copy) {
    return List.of(
        new Operation.Data(
            copy.as(),
            new Input(true, Word.of(copy.from())),
            Word.of(copy.to()),
            copy.mode(),
            copy.provenance()));
  }

  @Override
  public List<Operation> module(Mount.Module module) {
    Value empty = module.ifEmpty();
    return List.of(
        new Operation.Bind(
            new Source.PythonModule(module.name()),
            Word.of(module.to()),
            Access.RO,
            false,
            empty == null ? null : new Question(Question.Asked.EMPTY_DIRECTORY, Word.of(empty)),
            module.provenance()));
  }

  @Override
  public List<Operation> libdir(Mount.Libdir libdir) {
    Provenance said = libdir.provenance();
    Value given = libdir.libdir();
    if (given != null) {
      return bind(new Source.HostPath(Word.of(given)), libdir.to(), Access.RO, said);
    }
    Word system = Word.of(Mount.Libdir.SYSTEM);
    List<Operation> both =
        new ArrayList<>(bind(new Source.HostPath(system), libdir.to(), Access.RO, said));
    both.addAll(
        bind(
            new Source.PythonModule(Mount.Libdir.MODULE),
            libdir.to().plus("/" + Mount.Libdir.MODULE),
            Access.RO,
            said));
    return both;
  }

  @Override
  public List<Operation> apis(Mount.Apis apis) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Directory(Word.of(apis.to()), null, apis.provenance()));
    for (Mount.Endpoint endpoint : apis.apis()) {
      Source socket =
          endpoint.accept(
              new Mount.Endpoint.Visitor<Source>() {
                @Override
                public Source socket(Mount.Api api) {
                  return new Source.HostSocket(Word.of(api.socket()));
                }

                @Override
                public Source provider(Mount.Provider provider) {
                  return new Source.ProviderSocket(apis.name(), provider.name());
                }
              });
      operations.addAll(
          bind(socket, apis.to().plus("/" + endpoint.name()), Access.RW, endpoint.provenance()));
    }
    return operations;
  }

  @Override
  public List<Operation> matching(Mount.Matching matching) {
    return List.of(
        new Operation.Matching(
            Word.of(matching.root()), matching.glob(), matching.optional(), matching.provenance()));
  }

  @Override
  public List<Operation> mask(Mount.Mask mask) {
    return List.of();
  }

  @Override
  public List<Operation> raw(Mount.Raw raw) {
    return List.of(
        new Operation.Raw(raw.arguments().stream().map(Word::of).toList(), raw.provenance()));
  }

  private static List<Operation> bind(
      Source source, Value to, Access access, Provenance provenance) {
    return List.of(new Operation.Bind(source, Word.of(to), access, false, null, provenance));
  }
}
