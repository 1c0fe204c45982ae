package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.check.Mounts.Placed;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.permission.Judgement;
import dev.broot.spec.Caller;
import dev.broot.spec.HostPort;
import dev.broot.spec.Image;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles a spec: file in, checked IR or diagnostics out. */
public final class SpecCompiler {
  private final Diagnostics diagnostics = new Diagnostics();
  private final Names names = new Names(diagnostics);
  private final Authority authority = new Authority(diagnostics, names);
  private final Mounts mounts = new Mounts(diagnostics, names);
  private final Images images = new Images(diagnostics, names, mounts);
  private final Limits limits = new Limits(diagnostics);
  private final IdMaps maps = new IdMaps(diagnostics);
  private final SystemCalls calls = new SystemCalls(diagnostics);
  private final Networks networks = new Networks(diagnostics, names);
  private final Map<String, Line> settings = new LinkedHashMap<>();
  private final List<Line> requires = new ArrayList<>();
  private final List<Line> files = new ArrayList<>();
  private final List<Spec.Expectation> expects = new ArrayList<>();

  private final Judgement judgement;

  private SpecCompiler(Judgement judgement) {
    this.judgement = judgement;
  }

  /**
   * What came of a compilation.
   *
   * @param spec the spec, or null when there was an error
   * @param diagnostics errors and warnings in source order
   */
  public record Result(@Nullable Spec spec, List<Diagnostic> diagnostics) {
    /** Copies the diagnostics. */
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /**
   * What is compiled.
   *
   * @param path a file, {@code -}, or {@code base:NAME}
   * @param arguments the values of {@code --set}
   * @param lines the texts of {@code --line}
   * @param policies the fragments of {@code --policy}
   * @param directory where relative paths among the arguments start, an absolute path, or null
   *     where there may be none
   */
  public record Request(
      String path,
      Map<String, String> arguments,
      List<String> lines,
      List<String> policies,
      @Nullable String directory) {
    /** Copies the collections, in order. */
    public Request {
      arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      lines = List.copyOf(lines);
      policies = List.copyOf(policies);
    }

    /** Without policies, and with absolute paths only. */
    public Request(String path, Map<String, String> arguments, List<String> lines) {
      this(path, arguments, lines, List.of(), null);
    }

    /** A file alone. */
    public static Request of(String path) {
      return new Request(path, Map.of(), List.of());
    }
  }

  /** Compiles. Never throws for what a spec says. */
  public static Result compile(Request request, Sources sources, Judgement judgement) {
    return new SpecCompiler(judgement).run(request, sources);
  }

  private Result run(Request request, Sources sources) {
    Linker linker = new Linker(sources, diagnostics);
    List<SourceFile> extra =
        request.lines().stream().map(line -> new SourceFile("--line", line)).toList();
    Linker.Linked linked = linker.link(request.path(), extra, request.policies());
    Spec spec = null;
    if (linked != null) {
      // Where lines or files could not be read, what seems to be missing may stand there.
      diagnostics.partial(diagnostics.hasErrors());
      spec = resolve(request, linked, linker.files());
    }
    return new Result(diagnostics.hasErrors() ? null : spec, diagnostics.sorted(linker.files()));
  }

  private Spec resolve(Request request, Linker.Linked linked, List<SourceFile> sources) {
    for (List<Line> level : linked.levels()) {
      level.forEach(this::collectSetting);
    }
    names.declare(linked.levels(), request.arguments(), request.directory());
    for (List<Line> level : linked.levels()) {
      for (Line line : level) {
        Statement.Body body = line.statement().body();
        if (body instanceof Statement.Drop drop
            && (drop.kind() == Statement.Dropped.ENV || drop.kind() == Statement.Dropped.CAP)) {
          authority.drop(drop, line);
        } else if (body instanceof Statement.LockFile
            || body instanceof Statement.Seccomp
            || body instanceof Statement.Descriptor) {
          files.add(line);
        } else if (body instanceof Statement.Limit limit) {
          limits.add(limit, line);
        } else if (body instanceof Statement.Map map) {
          maps.add(map, line);
        } else if (body instanceof Statement.Syscalls held) {
          calls.add(held, line);
        } else if (body instanceof Statement.DropSyscalls drop) {
          calls.drop(drop, line);
        } else if (body instanceof Statement.NetAllow allow) {
          networks.allow(allow, line);
        } else if (body instanceof Statement.NetUser) {
          networks.outside(line);
        } else if (body instanceof Statement.Drop drop && drop.kind() == Statement.Dropped.NET) {
          networks.drop(drop, line);
        } else if (body instanceof Statement.Namespace namespace
            && networks.namespace(namespace, line)) {
          authority.shareAgain(namespace, line);
        } else if (body instanceof Statement.Expect expect) {
          expect(expect, line, sources);
        } else {
          authority.add(line);
        }
      }
      mounts.addLevel(level);
    }
    networks.mount(mounts);
    List<Placed> placed = mounts.finish();
    new Overlaps(diagnostics).check(placed);
    checkRequired(linked);
    Spec spec = build(request.path(), sources, placed, linked.ground());
    new Masks(diagnostics).check(spec);
    new Unsafe(judgement, diagnostics).judge(spec, linked.levels());
    checkUnused(linked);
    return spec;
  }

  private void collectSetting(Line line) {
    Statement.Body body = line.statement().body();
    if (body instanceof Statement.Require require) {
      requires.add(line);
      names.require(require.setting().text(), line);
      return;
    }
    if (!(body instanceof Statement.Setting setting)) {
      return;
    }
    dev.broot.syntax.Name name = setting.name();
    Line before = settings.get(name.text());
    if (before != null && before.level() == line.level()) {
      diagnostics.error(
          Code.DUPLICATE,
          line.origin(),
          "`" + name.text() + "` is set twice",
          "remove one; a spec can replace a value of its base, but not its own",
          new Note("set first here", before.origin()));
      return;
    }
    settings.put(name.text(), line);
    if (setting instanceof Statement.TextSetting text && Names.REFERABLE.contains(name.text())) {
      names.setting(name.text(), line, text.value());
    } else if (setting instanceof Statement.TextSetting text
        && Caller.is("caller-" + name.text())) {
      names.setting("caller-" + name.text(), line, text.value());
    } else if (setting instanceof Statement.RootImage image) {
      names.image(line, image);
    } else if (setting instanceof Statement.DirectorySetting directory) {
      names.setting(name.text(), line, directory.value());
    }
  }

  private void expect(Statement.Expect expect, Line line, List<SourceFile> sources) {
    List<String> kinds = List.of("read", "write", "network", "connect", "syscall");
    String what = expect.what().text();
    Text value = expect.value();
    if (!kinds.contains(what)) {
      diagnostics.error(
          Code.UNKNOWN_NAME,
          line.at(expect.what().span()),
          "`expect` does not know `" + what + "`",
          "write `read PATH`, `write PATH`, `connect HOST:PORT`, `syscall NAME` or `network`");
    } else if (what.equals("network") != (value == null)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          value == null
              ? "`"
                  + what
                  + "` needs a "
                  + (what.equals("connect") ? "host" : what.equals("syscall") ? "name" : "path")
              : "`network` takes no value",
          "write it as in `expect deny write /usr`, `expect deny connect 169.254.169.254` or `expect"
              + " deny network`");
    } else if (what.equals("connect") && value != null) {
      connect(expect, value, line);
    } else if (what.equals("syscall") && value != null) {
      calls.expect(expect, value, line).ifPresent(expects::add);
    } else if (expect.allow() && !expect.except().isEmpty()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "`except` after `expect allow`",
          "use it with `expect deny`, as in `expect deny read /home except /home/me/work`");
    } else if (OwnDenial.isMeant(expect)) {
      expects.addAll(OwnDenial.of(sources, line));
    } else {
      expects.add(
          new Spec.Expectation(
              expect.allow(),
              what,
              value == null ? null : mounts.target(value, line),
              expect.except().stream().map(text -> mounts.target(text, line)).toList(),
              line.provenance()));
    }
  }

  private void connect(Statement.Expect expect, Text value, Line line) {
    HostPort target = Networks.parse(value, line, diagnostics, names);
    if (target == null) {
      return;
    } else if (!expect.except().isEmpty() || (expect.allow() && target.port() == null)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          expect.allow() ? "`expect allow connect` without a port" : "`except` behind a host",
          "write it as in `expect "
              + (expect.allow() ? "allow" : "deny")
              + " connect db.example:5432`");
      return;
    }
    expects.add(
        new Spec.Expectation(
            expect.allow(),
            expect.what().text(),
            Value.of(target.text()),
            List.of(),
            line.provenance()));
  }

  private void checkRequired(Linker.Linked linked) {
    for (Line line : requires) {
      String name = ((Statement.Require) line.statement().body()).setting().text();
      boolean runs =
          line.level() < linked.top() || !line.origin().file().name().startsWith("base:");
      if (!settings.containsKey(name) && runs) {
        diagnostics.error(
            Code.MISSING_SETTING,
            linked.header(),
            "`" + name + "` is not set, and the base requires it",
            "add a line `" + name + " ...`",
            new Note("required here", line.origin()));
      }
    }
  }

  private Spec build(
      String path, List<SourceFile> sources, List<Placed> placed, @Nullable Provenance ground) {
    Line stdin = settings.get("stdin");
    List<Setting> plain =
        new SettingChecks(diagnostics, names, settings, files, authority.namespaces()).all();
    networks.check(plain, Networks.raw(placed));
    return new Spec(
        specName(path),
        sources,
        names.open(),
        images.image(settings.get(Image.NAME)),
        tempParent("rundir"),
        tempParent("vardir"),
        mounts.sharedTemp(),
        chdir(),
        sandboxPath("entry"),
        stdin != null
            && ((Statement.WordSetting) stdin.statement().body()).value().equals("inherit"),
        settings.containsKey("new-session"),
        settings.containsKey("die-with-parent"),
        plain,
        authority.caps(),
        networks.within(authority.namespaces()),
        networks.within(authority.env()),
        placed.stream().map(Placed::mount).toList(),
        mounts.callerMounts(),
        expects,
        limits.all(),
        maps.all(plain, authority.namespaces()),
        calls.all(),
        networks.network(mounts),
        new InheritedDescriptors(diagnostics).all(files),
        networks.within(authority.open(ground)));
  }

  private static String specName(String path) {
    if (path.startsWith(Bases.PREFIX)) {
      return path.substring(Bases.PREFIX.length());
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.endsWith(".broot") ? last.substring(0, last.length() - 6) : last;
  }

  private Spec.@Nullable TempParent tempParent(String name) {
    Line line = settings.get(name);
    if (line == null) {
      return null;
    }
    Statement.DirectorySetting setting = (Statement.DirectorySetting) line.statement().body();
    Value value = names.settingValue(name);
    Wildcards.refuse(setting.value(), line.at(setting.value().span()), diagnostics);
    mounts.checkAbsolute(value, setting.value(), line, "path");
    return new Spec.TempParent(value, setting.create());
  }

  private Spec.@Nullable Chdir chdir() {
    Line line = settings.get("chdir");
    Value path = sandboxPath("chdir");
    return line == null || path == null ? null : new Spec.Chdir(path, line.provenance());
  }

  private @Nullable Value sandboxPath(String name) {
    Line line = settings.get(name);
    return line == null
        ? null
        : mounts.target(((Statement.TextSetting) line.statement().body()).value(), line);
  }

  private void checkUnused(Linker.Linked linked) {
    names.reportUnused();
    for (Map.Entry<String, Line> entry : settings.entrySet()) {
      Line line = entry.getValue();
      boolean referable = Names.REFERABLE.contains(entry.getKey());
      if (referable && line.level() >= linked.top() && !names.isUsed(entry.getKey())) {
        diagnostics.error(
            Code.NO_EFFECT,
            line.origin(),
            "`" + entry.getKey() + "` is set and nothing uses it",
            "remove the line, or use a base that needs it");
      }
      if (names.said(entry.getKey()) != null) {
        checkSettingPath(entry.getKey(), line);
      }
    }
  }

  private void checkSettingPath(String name, Line line) {
    if (line.statement().body() instanceof Statement.TextSetting text && !name.equals("runner")) {
      Wildcards.refuse(text.value(), line.at(text.value().span()), diagnostics);
      mounts.checkAbsolute(names.settingValue(name), text.value(), line, "source");
    } else if (name.equals("runner")) {
      checkRunner(line, names.settingValue(name));
    }
  }

  private void checkRunner(Line line, Value runner) {
    String literal = runner.literal();
    if (literal != null && (literal.isEmpty() || Paths.hasParentPart(literal))) {
      Origin at = line.origin();
      diagnostics.error(
          Code.BAD_VALUE,
          at,
          "`" + literal + "` is not a runner",
          "write a name or a path without `..`");
    }
  }
}
