package dev.broot.plan;

import dev.broot.spec.IdMap;
import dev.broot.spec.Limit;
import dev.broot.spec.Namespace;
import dev.broot.spec.Network;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Syscall;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox that bubblewrap makes, in typed operations. How bubblewrap spells them is known to
 * the room {@code bwrap} alone.
 *
 * @param supervision how the program lives and dies
 * @param namespaces which namespaces are the sandbox's own
 * @param capabilities in the order in which they were said
 * @param options settings that bubblewrap takes as one option each
 * @param operations what is done to the file system, in order
 * @param limits bounds on what all of it uses, each kind once
 * @param maps users and groups that it has beside its caller
 * @param syscalls system calls that are held, by name, each once
 * @param network the hosts that it is connected to, where it is so to some of them only, or null
 * @param inherited descriptors of the caller's that the program gets
 */
public record Sandbox(
    Supervision supervision,
    Spec.Namespaces namespaces,
    List<Spec.CapChange> capabilities,
    List<Option> options,
    List<Operation> operations,
    List<Limit> limits,
    List<IdMap> maps,
    List<Syscall> syscalls,
    @Nullable Network network,
    List<Spec.Inherited> inherited) {

  /** How many inputs have numbers below 10 in a script. */
  public static final int BELOW_TEN = 5;

  /** Copies the lists. */
  public Sandbox {
    capabilities = List.copyOf(capabilities);
    options = List.copyOf(options);
    operations = List.copyOf(operations);
    limits = List.copyOf(limits);
    maps = List.copyOf(maps);
    syscalls = List.copyOf(syscalls);
    inherited = List.copyOf(inherited);
  }

  /**
   * How the program lives and dies.
   *
   * @param chdir the directory in which it starts, or null where none is said
   * @param newSession whether it gets a session of its own
   * @param diesWithParent whether it is killed when bubblewrap's parent dies
   */
  public record Supervision(@Nullable Chdir chdir, boolean newSession, boolean diesWithParent) {}

  /** The directory of the sandbox in which the program starts. */
  public record Chdir(Word path, Provenance provenance) {}

  /**
   * A setting that bubblewrap takes as one option.
   *
   * @param value its value, or null for one without a value and for a descriptor of the caller's
   */
  public record Option(Setting.Kind kind, @Nullable Word value, Provenance provenance) {
    /** The file that broot opens for it, or null where it takes none. */
    public @Nullable Input input() {
      return value != null && kind.takes() == Setting.Takes.HOST_FILE
          ? new Input(true, value)
          : null;
    }
  }

  /** The limits that somebody holds, in the order of their kinds. */
  public List<Limit> limits(Limit.Holder holder) {
    return limits.stream().filter(limit -> limit.kind().holder() == holder).toList();
  }

  /** Whether a setting is given. */
  public boolean has(Setting.Kind kind) {
    return options.stream().anyMatch(option -> option.kind() == kind);
  }

  /**
   * Whether the sandbox's first process is bubblewrap's own: with a PID namespace, unless the
   * program asked to be that.
   */
  public boolean hasPid1() {
    return namespaces.wants(Namespace.PID) && !has(Setting.Kind.AS_PID_1);
  }

  /** The descriptors that the caller has to pass, in order. */
  public List<Setting.Kind> passed() {
    return options.stream().map(Option::kind).filter(Setting.Kind::isDescriptor).toList();
  }

  /** The names of all that the caller has to pass: bubblewrap's, then the program's. */
  public List<String> callersDescriptors() {
    return Stream.concat(
            passed().stream().map(Setting.Kind::word), inherited.stream().map(Spec.Inherited::name))
        .toList();
  }

  /** The number of the first input: where the program gets descriptors, none is below 10. */
  public int firstInput() {
    return inherited.isEmpty() ? 0 : BELOW_TEN;
  }

  /** What bubblewrap reads from descriptors, in order. */
  public List<Input> inputs() {
    return Stream.of(
            syscalls.isEmpty() ? Stream.<Input>empty() : Stream.of(Input.FILTER),
            options.stream().flatMap(option -> Stream.ofNullable(option.input())),
            operations.stream()
                .filter(Operation.Data.class::isInstance)
                .map(operation -> ((Operation.Data) operation).content()))
        .flatMap(stream -> stream)
        .toList();
  }
}
