package dev.broot.plan;

import dev.broot.ir.Authority;
import dev.broot.ir.Capabilities;
import dev.broot.ir.Mount;
import dev.broot.ir.Provenance;
import dev.broot.ir.Spec;
import dev.broot.ir.Value;
import dev.broot.plan.Plan.Asked;
import dev.broot.plan.Plan.Option;
import dev.broot.plan.Plan.Question;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a spec into a plan. The order of everything that reaches the host is decided here. */
public final class Planner {
  private static final int TEXT_MODE = 0644;

  private final Spec spec;
  private final List<Option> options = new ArrayList<>();
  private int inputs;

  private Planner(Spec spec) {
    this.spec = spec;
  }

  /** Plans a spec. */
  public static Plan plan(Spec spec) {
    return new Planner(spec).plan();
  }

  private Plan plan() {
    settings();
    spec.mounts().forEach(this::mount);
    Value entry = spec.entry();
    return new Plan(
        spec.name(),
        spec.openParams(),
        setup(),
        spec.env(),
        spec.stdinInherited(),
        options,
        entry == null ? null : Word.of(entry));
  }

  // The class makes its temporary directories in the order api, dev, var, then the mount, then the
  // nodes.
  private List<Step> setup() {
    List<Step> steps = new ArrayList<>();
    List<Step> temps = new ArrayList<>();
    List<Step> mounts = new ArrayList<>();
    List<Step> providers = new ArrayList<>();
    Spec.TempParent rundir = spec.rundir();
    Spec.TempParent vardir = spec.vardir();
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Apis apis) {
        apis(apis, temps, providers);
      }
    }
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Devices devices && rundir != null) {
        temps.add(temp(devices.name(), rundir, devices.prefix(), devices.provenance()));
        mounts.add(new Step.MountTmpfs(devices.name(), devices.provenance()));
        devices.nodes().forEach(device -> mounts.add(device(devices.name(), device)));
      }
    }
    Spec.SharedTemp shared = spec.temp();
    if (shared != null && vardir != null) {
      temps.add(temp(shared.name(), vardir, shared.prefix(), shared.provenance()));
    }
    List<Step> inner = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Scratch scratch && vardir != null) {
        if (scratch.prefix() != null) {
          temps.add(temp(scratch.temp(), vardir, scratch.prefix(), scratch.provenance()));
        }
        inScratch(scratch, made, inner);
      } else if (mount instanceof Mount.TextFile text) {
        inText(text, made, inner);
      }
    }
    if (!temps.isEmpty()) {
      Provenance first = temps.get(0).provenance();
      create(rundir, first, steps);
      create(vardir, first, steps);
    }
    steps.addAll(temps);
    steps.addAll(inner);
    steps.addAll(mounts);
    steps.addAll(providers);
    return steps;
  }

  private void apis(Mount.Apis apis, List<Step> temps, List<Step> providers) {
    for (Mount.Endpoint endpoint : apis.apis()) {
      if (endpoint instanceof Mount.Provider provider) {
        Word socket = Word.temp(apis.name(), provider.name());
        providers.add(
            new Step.StartProvider(
                apis.name(),
                provider.name(),
                provider.command().stream().map(word -> Word.of(word, socket)).toList(),
                provider.required(),
                provider.provenance()));
      }
    }
    Value prefix = apis.prefix();
    Spec.TempParent rundir = spec.rundir();
    if (prefix != null && rundir != null) {
      temps.add(0, temp(apis.name(), rundir, prefix, apis.provenance()));
    } else if (!providers.isEmpty()) {
      Provenance first = providers.get(0).provenance();
      temps.add(0, new Step.MakeTemp(apis.name(), null, Word.of("broot-api-"), first));
    }
  }

  private static void inScratch(Mount.Scratch scratch, Set<String> made, List<Step> steps) {
    if (!scratch.inner().isEmpty() && made.add(scratch.temp() + '/' + scratch.inner())) {
      steps.add(new Step.MakeInner(scratch.temp(), scratch.inner(), null, scratch.provenance()));
    }
    for (Mount.Scratch.Directory directory : scratch.directories()) {
      String path =
          scratch.inner().isEmpty() ? directory.path() : scratch.inner() + "/" + directory.path();
      steps.add(new Step.MakeInner(scratch.temp(), path, directory.mode(), directory.provenance()));
    }
  }

  private static void inText(Mount.TextFile text, Set<String> made, List<Step> steps) {
    String temp = text.temp();
    if (temp == null) {
      return;
    }
    int slash = text.inner().lastIndexOf('/');
    if (slash > 0 && made.add(temp + '/' + text.inner().substring(0, slash))) {
      steps.add(
          new Step.MakeInner(temp, text.inner().substring(0, slash), null, text.provenance()));
    }
    steps.add(new Step.WriteText(temp, text.inner(), Word.of(text.content()), text.provenance()));
  }

  private static Step device(String temp, Mount.Device device) {
    return device instanceof Mount.Node node
        ? new Step.MakeNode(
            temp, node.name(), node.major(), node.minor(), node.mode(), node.provenance())
        : new Step.BindDevice(
            temp, device.name(), ((Mount.HostDevice) device).optional(), device.provenance());
  }

  private static void create(
      Spec.@Nullable TempParent parent, Provenance provenance, List<Step> steps) {
    if (parent != null && parent.create()) {
      steps.add(new Step.MakeDirectory(Word.of(parent.path()), provenance));
    }
  }

  private static Step temp(
      String name, Spec.TempParent parent, Value prefix, Provenance provenance) {
    return new Step.MakeTemp(name, Word.of(parent.path()), Word.of(prefix), provenance);
  }

  // bubblewrap takes these in any order, capabilities aside; the order is that of the class.
  private void settings() {
    boolean freshCaps = spec.caps().stream().anyMatch(cap -> !cap.add());
    if (!freshCaps) {
      caps(false);
    }
    Value chdir = spec.chdir();
    if (chdir != null) {
      option(null, "--chdir", Word.of(chdir));
    }
    if (spec.dieWithParent()) {
      option(null, "--die-with-parent");
    }
    if (spec.newSession()) {
      option(null, "--new-session");
    }
    if (spec.env().inherit()) {
      spec.env().variables().forEach(this::variable);
    }
    for (Spec.Unshared unshared : spec.namespaces()) {
      boolean share = unshared.name().equals(Authority.SHARE_NET);
      option(unshared.provenance(), (share ? "--" : "--unshare-") + unshared.name());
    }
    long filters = spec.plain().stream().filter(Spec.Plain::isFilter).count();
    for (Spec.Plain plain : spec.plain()) {
      Value value = plain.value();
      String descriptor = plain.descriptor();
      if (descriptor != null) {
        Word number = new Word(List.of(new Word.Passed(descriptor)));
        option(plain.provenance(), "--" + plain.name(), number);
      } else if (value == null) {
        option(plain.provenance(), "--" + plain.name());
      } else if (plain.isFilter()) {
        option(
            plain.provenance(), filters > 1 ? "--add-seccomp-fd" : "--seccomp", input(true, value));
      } else {
        option(plain.provenance(), "--" + plain.name(), Word.of(value));
      }
    }
    if (freshCaps) {
      caps(true);
    }
  }

  // For bubblewrap the last one counts: `ALL` comes first, so that it takes nothing back. A set
  // that
  // starts from nothing is sorted, as osbuild does.
  private void caps(boolean sorted) {
    List<Spec.CapChange> caps = new ArrayList<>(spec.caps());
    if (sorted) {
      caps.sort(Comparator.comparing(Spec.CapChange::name));
    }
    caps.sort(
        Comparator.comparing((Spec.CapChange cap) -> !cap.name().equals(Capabilities.ALL))
            .thenComparing(Spec.CapChange::add));
    for (Spec.CapChange cap : caps) {
      option(cap.provenance(), cap.add() ? "--cap-add" : "--cap-drop", Word.of(cap.name()));
    }
  }

  private void variable(Spec.Variable variable) {
    if (variable instanceof Spec.SetVariable set) {
      option(set.provenance(), "--setenv", Word.of(set.name()), Word.of(set.value()));
    } else if (variable instanceof Spec.UnsetVariable unset) {
      option(unset.provenance(), "--unsetenv", Word.of(unset.name()));
    }
  }

  private void mount(Mount mount) {
    Provenance said = mount.provenance();
    if (mount instanceof Mount.Bind bind) {
      bind(bind);
    } else if (mount instanceof Mount.Symlink symlink) {
      option(said, "--symlink", Word.of(symlink.text()), Word.of(symlink.to()));
    } else if (mount instanceof Mount.FreshMount fresh) {
      fresh(fresh);
    } else if (mount instanceof Mount.Overlay overlay) {
      overlay(overlay);
    } else if (mount instanceof Mount.Change change) {
      Integer mode = change.mode();
      if (mode == null) {
        option(said, "--remount-ro", Word.of(change.to()));
      } else {
        option(said, "--chmod", octal(mode), Word.of(change.to()));
      }
    } else if (mount instanceof Mount.Devices devices) {
      option(said, "--dev-bind", Word.temp(devices.name()), Word.of(devices.to()));
    } else if (mount instanceof Mount.Scratch scratch) {
      option(said, "--bind", Word.temp(scratch.temp(), scratch.inner()), Word.of(scratch.to()));
    } else if (mount instanceof Mount.TextFile text) {
      String temp = text.temp();
      if (temp == null) {
        // What bubblewrap makes for itself is closed to others, and to the user of the program too.
        data("--ro-bind-data", TEXT_MODE, input(false, text.content()), text.to(), said);
      } else {
        option(said, "--ro-bind", Word.temp(temp, text.inner()), Word.of(text.to()));
      }
    } else if (mount instanceof Mount.Copy copy) {
      String name =
          switch (copy.as()) {
            case RO -> "--ro-bind-data";
            case RW -> "--bind-data";
            case FILE -> "--file";
          };
      data(name, copy.mode(), input(true, copy.from()), copy.to(), said);
    } else if (mount instanceof Mount.Module module) {
      Value empty = module.ifEmpty();
      options.add(
          new Option(
              List.of(Word.of("--ro-bind"), module(module.name()), Word.of(module.to())),
              empty == null ? null : new Question(Asked.EMPTY_DIRECTORY, Word.of(empty)),
              said));
    } else if (mount instanceof Mount.Libdir libdir) {
      libdir(libdir);
    } else if (mount instanceof Mount.Apis apis) {
      option(said, "--dir", Word.of(apis.to()));
      for (Mount.Endpoint endpoint : apis.apis()) {
        Word socket =
            endpoint instanceof Mount.Api api
                ? Word.of(api.socket())
                : Word.temp(apis.name(), endpoint.name());
        Word to = Word.of(apis.to().plus("/" + endpoint.name()));
        option(endpoint.provenance(), "--bind", socket, to);
      }
    } else if (mount instanceof Mount.Raw raw) {
      options.add(new Option(raw.arguments().stream().map(Word::of).toList(), null, said));
    }
  }

  private Word input(boolean file, Value content) {
    return new Word(List.of(new Word.Input(inputs++, file, Word.of(content))));
  }

  private void data(String name, @Nullable Integer mode, Word input, Value to, Provenance said) {
    List<Word> words = new ArrayList<>();
    if (mode != null) {
      words.add(Word.of("--perms"));
      words.add(octal(mode));
    }
    words.addAll(List.of(Word.of(name), input, Word.of(to)));
    options.add(new Option(words, null, said));
  }

  private static Word octal(int mode) {
    return Word.of(Modes.octal(mode));
  }

  // The size and the mode are options of their own, for the next one.
  private void fresh(Mount.FreshMount fresh) {
    List<Word> words = new ArrayList<>();
    Long size = fresh.size();
    Integer mode = fresh.mode();
    if (size != null) {
      words.add(Word.of("--size"));
      words.add(Word.of(size.toString()));
    }
    if (mode != null) {
      words.add(Word.of("--perms"));
      words.add(octal(mode));
    }
    words.add(Word.of("--" + fresh.kind().name().toLowerCase(Locale.ROOT)));
    words.add(Word.of(fresh.to()));
    options.add(new Option(words, null, fresh.provenance()));
  }

  private void overlay(Mount.Overlay overlay) {
    List<Word> words = new ArrayList<>();
    for (Value lower : overlay.lower()) {
      words.add(Word.of("--overlay-src"));
      words.add(Word.of(lower));
    }
    Value upper = overlay.upper();
    Value work = overlay.work();
    if (upper != null && work != null) {
      words.add(Word.of("--overlay"));
      words.add(Word.of(upper));
      words.add(Word.of(work));
    } else {
      words.add(Word.of(overlay.writable() ? "--tmp-overlay" : "--ro-overlay"));
    }
    words.add(Word.of(overlay.to()));
    options.add(new Option(words, null, overlay.provenance()));
  }

  private void bind(Mount.Bind bind) {
    String name =
        switch (bind.access()) {
          case RO -> "--ro-bind";
          case RW -> "--bind";
          case DEV -> "--dev-bind";
        };
    boolean optional = bind.condition() == Statement.Condition.OPTIONAL;
    Word from = Word.of(bind.from());
    options.add(
        new Option(
            List.of(Word.of(optional ? name + "-try" : name), from, Word.of(bind.to())),
            bind.condition() == Statement.Condition.IF_DIRECTORY
                ? new Question(Asked.DIRECTORY, from)
                : null,
            bind.provenance()));
  }

  private static Word module(String name) {
    return new Word(List.of(new Word.PythonModule(name)));
  }

  private void libdir(Mount.Libdir libdir) {
    Value given = libdir.libdir();
    Word to = Word.of(libdir.to());
    if (given != null) {
      option(libdir.provenance(), "--ro-bind", Word.of(given), to);
      return;
    }
    option(libdir.provenance(), "--ro-bind", Word.of(Mount.Libdir.SYSTEM), to);
    option(
        libdir.provenance(), "--ro-bind", module("osbuild"), Word.of(libdir.to().plus("/osbuild")));
  }

  private void option(@Nullable Provenance provenance, String name, Word... values) {
    List<Word> words = new ArrayList<>(values.length + 1);
    words.add(Word.of(name));
    words.addAll(List.of(values));
    options.add(new Option(words, null, provenance));
  }
}
