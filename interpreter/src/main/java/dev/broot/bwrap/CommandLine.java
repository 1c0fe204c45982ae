package dev.broot.bwrap;

import dev.broot.bwrap.Argument.Said;
import dev.broot.plan.Done;
import dev.broot.plan.Input;
import dev.broot.plan.Modes;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.Sandbox;
import dev.broot.plan.Word;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of bubblewrap for a sandbox. bubblewrap takes settings in any order,
 * capabilities aside; theirs here is that of osbuild's class.
 */
public final class CommandLine {
  private final List<Argument> arguments = new ArrayList<>();
  private int inputs;

  // Whether who starts bubblewrap has made the network.
  private final boolean networked;

  // What is made before the next operation.
  private @Nullable Word parent;

  private CommandLine(boolean networked) {
    this.networked = networked;
  }

  /** The arguments of a plan, before {@code --}, where bubblewrap is started in its network. */
  public static List<Argument> of(Plan plan) {
    return of(plan, true);
  }

  /**
   * The same for people and other programs, who may start bubblewrap as it is: what would connect
   * it to its hosts is not there then, and it has none, instead of all of the host's.
   */
  public static List<Argument> alone(Plan plan) {
    return of(plan, false);
  }

  private static List<Argument> of(Plan plan, boolean networked) {
    CommandLine line = new CommandLine(networked);
    line.inputs = plan.sandbox().firstInput();
    line.settings(plan.sandbox(), plan.env());
    Operations operations = new Operations(line);
    Parents parents = plan.sandbox().has(Setting.Kind.CLOSED_PARENTS) ? null : new Parents();
    for (Operation operation : plan.sandbox().operations()) {
      line.parent = parents == null ? null : parents.before(operation);
      operation.accept(operations);
    }
    return List.copyOf(line.arguments);
  }

  /** The words of a resolved plan, {@code bwrap} first, with {@code @name} for temporary ones. */
  public static List<String> argv(Plan resolved, List<String> program) {
    List<String> argv = new ArrayList<>();
    argv.add("bwrap");
    for (Argument argument : alone(resolved)) {
      argument.words().forEach(word -> argv.add(word.display()));
    }
    argv.add("--");
    Word entry = resolved.entry();
    if (entry != null) {
      argv.add(entry.display());
    }
    argv.addAll(program);
    return argv;
  }

  private void settings(Sandbox sandbox, Spec.Env env) {
    List<Spec.CapChange> caps = sandbox.capabilities();
    boolean freshCaps = caps.stream().anyMatch(cap -> !cap.add());
    if (!freshCaps) {
      caps(caps, false);
    }
    Sandbox.Chdir chdir = sandbox.supervision().chdir();
    if (chdir != null) {
      add(chdir.provenance(), BwrapOption.CHDIR, chdir.path());
    }
    if (sandbox.supervision().diesWithParent()) {
      add(null, BwrapOption.DIE_WITH_PARENT);
    }
    if (sandbox.supervision().newSession()) {
      add(null, BwrapOption.NEW_SESSION);
    }
    env.told().forEach(this::variable);
    for (Spec.Unshared unshared : sandbox.namespaces().own()) {
      add(unshared.provenance(), option(unshared.namespace()));
    }
    network(sandbox.namespaces(), sandbox.network());
    List<Syscall> calls = sandbox.syscalls();
    long files =
        sandbox.options().stream().filter(one -> one.kind() == Setting.Kind.SECCOMP).count();
    boolean filters = files + (calls.isEmpty() ? 0 : 1) > 1;
    if (!calls.isEmpty()) {
      BwrapOption filter = filters ? BwrapOption.ADD_SECCOMP_FD : BwrapOption.SECCOMP;
      add(calls.get(0).provenance(), filter, number(Input.FILTER));
    }
    sandbox.options().forEach(option -> option(option, filters));
    if (freshCaps) {
      caps(caps, true);
    }
  }

  private void network(Spec.Namespaces namespaces, @Nullable Network network) {
    Provenance shared = namespaces.sharedNet();
    boolean all = namespaces.has(Namespace.ALL);
    if (shared != null) {
      add(shared, BwrapOption.SHARE_NET);
    } else if (network != null && networked == all) {
      Provenance said = network.provenance();
      add(said, all ? BwrapOption.SHARE_NET : BwrapOption.UNSHARE_NET);
    }
  }

  /** The option that gives a sandbox a namespace of its own. */
  public static BwrapOption option(Namespace namespace) {
    return switch (namespace) {
      case ALL -> BwrapOption.UNSHARE_ALL;
      case USER -> BwrapOption.UNSHARE_USER;
      case USER_TRY -> BwrapOption.UNSHARE_USER_TRY;
      case IPC -> BwrapOption.UNSHARE_IPC;
      case PID -> BwrapOption.UNSHARE_PID;
      case NET -> BwrapOption.UNSHARE_NET;
      case UTS -> BwrapOption.UNSHARE_UTS;
      case CGROUP -> BwrapOption.UNSHARE_CGROUP;
      case CGROUP_TRY -> BwrapOption.UNSHARE_CGROUP_TRY;
    };
  }

  private void option(Sandbox.Option option, boolean filters) {
    if (option.kind() == Setting.Kind.CLOSED_PARENTS) {
      return;
    }
    BwrapOption name = BwrapOption.of(option.kind());
    Input input = option.input();
    Word value = option.value();
    if (option.kind().isDescriptor()) {
      add(option.provenance(), name, Word.passed(option.kind()));
    } else if (input != null) {
      add(option.provenance(), filters ? BwrapOption.ADD_SECCOMP_FD : name, number(input));
    } else if (value == null) {
      add(option.provenance(), name);
    } else {
      add(option.provenance(), name, value);
    }
  }

  // For bubblewrap the last one counts: `ALL` comes first, so that it takes nothing back. A set
  // that starts from nothing is sorted, as osbuild does.
  private void caps(List<Spec.CapChange> said, boolean sorted) {
    List<Spec.CapChange> caps = new ArrayList<>(said);
    // The first comparison costs a compilation 10 ms, and mostly there is one change at most.
    if (caps.size() > 1) {
      if (sorted) {
        caps.sort(Comparator.comparing(Spec.CapChange::name));
      }
      caps.sort(
          Comparator.comparing((Spec.CapChange cap) -> !cap.name().equals(Capabilities.ALL))
              .thenComparing(Spec.CapChange::add));
    }
    for (Spec.CapChange cap : caps) {
      add(
          cap.provenance(),
          cap.add() ? BwrapOption.CAP_ADD : BwrapOption.CAP_DROP,
          Word.of(cap.name()));
    }
  }

  private void variable(Spec.Variable variable) {
    if (variable instanceof Spec.SetVariable set) {
      add(set.provenance(), BwrapOption.SETENV, Word.of(set.name()), Word.of(set.value()));
    } else if (variable instanceof Spec.UnsetVariable unset) {
      add(unset.provenance(), BwrapOption.UNSETENV, Word.of(unset.name()));
    }
  }

  private void add(@Nullable Provenance provenance, BwrapOption option, Word... values) {
    arguments.add(new Argument(null, List.of(Said.of(option, values)), null, null, provenance));
  }

  private void add(List<Said> options, @Nullable Question question, Operation operation) {
    Said above = parent == null ? null : Said.of(BwrapOption.DIR, parent);
    arguments.add(new Argument(above, options, question, operation, operation.provenance()));
  }

  private Word number(Input input) {
    return Word.descriptor(inputs++, input);
  }

  /** How each operation is spelt. */
  private record Operations(CommandLine line) implements Operation.Visitor<Done> {
    private Done add(Operation operation, Said... options) {
      line.add(List.of(options), null, operation);
      return Done.DONE;
    }

    @Override
    public Done bind(Operation.Bind bind) {
      BwrapOption option =
          switch (bind.access()) {
            case RO -> bind.optional() ? BwrapOption.RO_BIND_TRY : BwrapOption.RO_BIND;
            case RW -> bind.optional() ? BwrapOption.BIND_TRY : BwrapOption.BIND;
            case DEV -> bind.optional() ? BwrapOption.DEV_BIND_TRY : BwrapOption.DEV_BIND;
          };
      line.add(
          List.of(Said.of(option, bind.source().path(), bind.target())), bind.question(), bind);
      return Done.DONE;
    }

    @Override
    public Done symlink(Operation.Symlink symlink) {
      Said said = Said.of(BwrapOption.SYMLINK, symlink.text(), symlink.target());
      line.add(List.of(said), symlink.question(), symlink);
      return Done.DONE;
    }

    @Override
    public Done tmpfs(Operation.Tmpfs tmpfs) {
      List<Said> options = new ArrayList<>();
      Long size = tmpfs.size();
      if (size != null) {
        options.add(Said.of(BwrapOption.SIZE, Word.of(size.toString())));
      }
      options.addAll(perms(tmpfs.mode()));
      options.add(Said.of(BwrapOption.TMPFS, tmpfs.target()));
      return add(tmpfs, options.toArray(new Said[0]));
    }

    @Override
    public Done directory(Operation.Directory directory) {
      return withMode(directory, directory.mode(), Said.of(BwrapOption.DIR, directory.target()));
    }

    @Override
    public Done proc(Operation.Proc proc) {
      return add(proc, Said.of(BwrapOption.PROC, proc.target()));
    }

    @Override
    public Done dev(Operation.Dev dev) {
      return add(dev, Said.of(BwrapOption.DEV, dev.target()));
    }

    @Override
    public Done mqueue(Operation.Mqueue mqueue) {
      return add(mqueue, Said.of(BwrapOption.MQUEUE, mqueue.target()));
    }

    @Override
    public Done overlay(Operation.Overlay overlay) {
      List<Said> options = new ArrayList<>();
      overlay.lower().forEach(lower -> options.add(Said.of(BwrapOption.OVERLAY_SRC, lower)));
      Operation.Changes changes = overlay.changes();
      if (changes instanceof Operation.Changes.Upper kept) {
        options.add(Said.of(BwrapOption.OVERLAY, kept.upper(), kept.work(), overlay.target()));
      } else {
        BwrapOption option =
            changes instanceof Operation.Changes.Memory
                ? BwrapOption.TMP_OVERLAY
                : BwrapOption.RO_OVERLAY;
        options.add(Said.of(option, overlay.target()));
      }
      return add(overlay, options.toArray(new Said[0]));
    }

    @Override
    public Done remountReadOnly(Operation.RemountReadOnly remount) {
      return add(remount, Said.of(BwrapOption.REMOUNT_RO, remount.target()));
    }

    @Override
    public Done chmod(Operation.Chmod chmod) {
      return add(chmod, Said.of(BwrapOption.CHMOD, octal(chmod.mode()), chmod.target()));
    }

    @Override
    public Done data(Operation.Data data) {
      BwrapOption option =
          switch (data.as()) {
            case RO -> BwrapOption.RO_BIND_DATA;
            case RW -> BwrapOption.BIND_DATA;
            case FILE -> BwrapOption.FILE;
          };
      return withMode(
          data, data.mode(), Said.of(option, line.number(data.content()), data.target()));
    }

    @Override
    public Done matching(Operation.Matching matching) {
      return add(matching);
    }

    // What they become is known at each run only: the one who runs bubblewrap asks the host, and
    // gets other operations in their place.
    @Override
    public Done hide(Operation.Hide hide) {
      return add(hide);
    }

    @Override
    public Done protect(Operation.Protect protect) {
      return add(protect);
    }

    @Override
    public Done raw(Operation.Raw raw) {
      return add(raw, new Said(null, raw.arguments()));
    }

    // The mode is an option of its own, for the next one.
    private Done withMode(Operation operation, @Nullable Integer mode, Said said) {
      List<Said> options = new ArrayList<>(perms(mode));
      options.add(said);
      return add(operation, options.toArray(new Said[0]));
    }

    private static List<Said> perms(@Nullable Integer mode) {
      return mode == null ? List.of() : List.of(Said.of(BwrapOption.PERMS, octal(mode)));
    }

    private static Word octal(int mode) {
      return Word.of(Modes.octal(mode));
    }
  }
}
