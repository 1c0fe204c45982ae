package dev.broot.ir;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.Similar;
import dev.broot.ir.Linker.Line;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the mounts of all levels into the order in which they are made. */
final class Mounts {
  /** A mount with the line that said it. */
  record Placed(Mount mount, Value to, Line line, boolean over) {}

  private final Diagnostics diagnostics;
  private final Names names;
  private final List<Placed> placed = new ArrayList<>();
  private final Map<String, Mount.Node> nodes = new LinkedHashMap<>();
  private final Map<String, Mount.Api> apis = new LinkedHashMap<>();
  private final Map<String, Line> apiLines = new LinkedHashMap<>();
  private final Set<String> tempNames = new HashSet<>();
  private @Nullable Line firstNode;
  private int insertAt;
  private @Nullable Line mountsHere;

  Mounts(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
  }

  /** Adds the mounts of the next level, where the level below said {@code mounts-here}. */
  void addLevel(List<Line> lines) {
    List<Placed> own = new ArrayList<>();
    int splitAt = -1;
    mountsHere = null;
    for (Line line : lines) {
      Statement.Body body = line.statement().body();
      if (body instanceof Statement.MountsHere) {
        if (mountsHere != null) {
          diagnostics.error(
              Code.DUPLICATE,
              line.origin(),
              "a second `mounts-here`",
              null,
              new Note("the first one", mountsHere.origin()));
        }
        mountsHere = line;
        splitAt = own.size();
      } else if (body instanceof Statement.Drop drop) {
        drop(drop, line);
      } else {
        add(line, own);
      }
    }
    placed.addAll(insertAt, own);
    insertAt += splitAt >= 0 ? splitAt : own.size();
  }

  private void add(Line line, List<Placed> own) {
    Statement.Body body = line.statement().body();
    if (body instanceof Statement.Mount mount) {
      Value to = target(mount.to(), line);
      own.add(new Placed(build(mount, to, line), to, line, mount.over()));
    } else if (body instanceof Statement.Raw raw) {
      List<Value> arguments =
          raw.arguments().stream().map(text -> names.resolve(text, line)).toList();
      own.add(new Placed(new Mount.Raw(arguments, line.provenance()), Value.of("/"), line, false));
    } else if (body instanceof Statement.Node node) {
      node(node, line);
    } else if (body instanceof Statement.ApiSocket api) {
      api(api, line);
    } else if (body instanceof Statement.ApiServe serve) {
      diagnostics.error(
          Code.UNSUPPORTED,
          line.origin(),
          "this broot cannot start the provider of `" + serve.name().display() + "` yet",
          "start it yourself and name its socket: `api "
              + serve.name().display()
              + " socket PATH`");
    }
  }

  private Mount build(Statement.Mount mount, Value to, Line line) {
    Provenance provenance = line.provenance();
    if (mount instanceof Statement.Bind bind) {
      return new Mount.Bind(
          bind.access(), source(bind.from(), line), to, bind.condition(), provenance);
    } else if (mount instanceof Statement.Symlink symlink) {
      Value text = names.resolve(symlink.from(), line);
      if (text.parts().isEmpty()) {
        diagnostics.error(
            Code.BAD_VALUE, line.at(symlink.from().span()), "a symlink to nothing", null);
      }
      return new Mount.Symlink(text, to, provenance);
    } else if (mount instanceof Statement.FreshMount fresh) {
      return new Mount.FreshMount(fresh.kind(), to, provenance);
    } else if (mount instanceof Statement.Devices devices) {
      names.use("rundir");
      needs("rundir", line);
      return new Mount.Devices(
          tempName(to, "dev"), to, prefix(devices.prefix(), line), List.of(), provenance);
    } else if (mount instanceof Statement.Scratch scratch) {
      names.use("vardir");
      needs("vardir", line);
      return new Mount.Scratch(
          tempName(to, "scratch"), to, prefix(scratch.prefix(), line), provenance);
    } else if (mount instanceof Statement.LibdirBind) {
      names.use("libdir");
      return new Mount.Libdir(
          names.has("libdir") ? names.settingValue("libdir") : null, to, provenance);
    }
    Text prefix = ((Statement.Apis) mount).prefix();
    if (prefix != null) {
      names.use("rundir");
      needs("rundir", line);
    }
    return new Mount.Apis(
        tempName(to, "api"),
        to,
        prefix == null ? null : prefix(prefix, line),
        List.of(),
        provenance);
  }

  private void needs(String setting, Line line) {
    if (!names.has(setting)) {
      diagnostics.error(
          Code.NO_PLACE,
          line.origin(),
          "there is no `" + setting + "` for the temporary directory of this line",
          "add a line such as `" + setting + " /run/broot create`");
    }
  }

  private String tempName(Value to, String otherwise) {
    String literal = to.literal();
    String last = literal == null ? "" : Paths.lastPart(literal);
    String name = last.matches("[A-Za-z][A-Za-z0-9_]*") ? last : otherwise;
    String unique = name;
    for (int i = 2; !tempNames.add(unique); i++) {
      unique = name + i;
    }
    return unique;
  }

  private Value prefix(Text text, Line line) {
    Value prefix = names.resolve(text, line);
    String literal = prefix.literal();
    if (literal == null || literal.indexOf('/') >= 0 || literal.isEmpty()) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(text.span()),
          "`" + text.display() + "` cannot start the name of a temporary directory",
          "a prefix is a part of a name, without `/`");
    }
    return prefix;
  }

  private Value source(Text text, Line line) {
    Value value = names.resolve(text, line);
    checkAbsolute(value, text, line, "source");
    return value;
  }

  /** Resolves a path inside the sandbox. */
  Value target(Text text, Line line) {
    Value value = names.resolve(text, line);
    if (checkAbsolute(value, text, line, "target") && Paths.hasParentPart(value.display())) {
      diagnostics.error(
          Code.PARENT_IN_TARGET,
          line.at(text.span()),
          "a target may not contain `..`",
          "write where it really is: `" + Paths.normalize(value.display()) + "`");
    }
    return value;
  }

  /** Checks that a path is absolute. */
  boolean checkAbsolute(Value value, Text text, Line line, String what) {
    if (Names.startsWithPath(value)) {
      return true;
    }
    Origin at = line.at(text.span());
    boolean open = !value.parts().isEmpty() && value.parts().get(0) instanceof Value.Open;
    if (open) {
      diagnostics.error(
          Code.BAD_VALUE, at, "this " + what + " starts with a `string`", "declare a `path`");
    } else {
      diagnostics.error(
          Code.RELATIVE_PATH,
          at,
          "the " + what + " `" + text.display() + "` is not an absolute path",
          what.equals("source")
              ? "name it from `/`, or declare `param NAME: path` and pass it with `--set`"
              : "it starts with `/`, as seen in the sandbox");
    }
    return false;
  }

  private void node(Statement.Node node, Line line) {
    String name = names.resolve(node.name(), line).display();
    if (firstNode == null) {
      firstNode = line;
    }
    if (!node.kind().text().equals("c")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(node.kind().span()),
          "`" + node.kind().text() + "` is not a kind of device node",
          "`c` is a character device; others are not made");
      return;
    }
    if (!isName(name)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(node.name().span()),
          "`" + name + "` is not the name of a node",
          "a node lies in the `devices` directory itself, as in `null`");
      return;
    }
    int[] numbers = new int[2];
    String[] written = node.number().text().split(":", -1);
    for (int i = 0; i < 2; i++) {
      numbers[i] = written[i].length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(written[i]);
    }
    int mode = node.mode().text().length() > 6 ? -1 : Integer.parseInt(node.mode().text(), 8);
    if (numbers[0] > 0xfff || numbers[1] > 0xfffff || mode < 0 || mode > 0777) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "a device number or mode is too large",
          "the kernel has 12 bits for the major, 20 for the minor number, and modes up to 0777");
      return;
    }
    Mount.Node before = nodes.get(name);
    if (before != null) {
      duplicate("the node `" + name + "` is given twice", line, before.provenance().origin());
      return;
    }
    nodes.put(name, new Mount.Node(name, numbers[0], numbers[1], mode, line.provenance()));
  }

  private void duplicate(String message, Line line, Origin first) {
    diagnostics.error(
        Code.DUPLICATE, line.origin(), message, "remove one of the two", new Note("first", first));
  }

  /** Whether a word is a single part of a path. */
  static boolean isName(String word) {
    return !word.isEmpty() && !word.equals(".") && !word.equals("..") && word.indexOf('/') < 0;
  }

  private void api(Statement.ApiSocket api, Line line) {
    String name = names.resolve(api.name(), line).display();
    if (!isName(name)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(api.name().span()),
          "`" + name + "` is not the name of an endpoint",
          "it is one part of a path, without `/`");
      return;
    }
    Mount.Api before = apis.get(name);
    if (before != null) {
      duplicate("the API `" + name + "` is given twice", line, before.provenance().origin());
      return;
    }
    apis.put(name, new Mount.Api(name, source(api.path(), line), line.provenance()));
    apiLines.put(name, line);
  }

  private void drop(Statement.Drop drop, Line line) {
    if (drop.kind() == Statement.Dropped.MOUNT) {
      dropMount(drop, line);
    } else if (drop.kind() == Statement.Dropped.API) {
      String name = names.resolve(drop.name(), line).display();
      Line before = apiLines.get(name);
      if (before == null || before.level() == line.level()) {
        nothingToDrop("no base gives the API `" + name + "`", drop, line, apis.keySet());
      } else {
        apis.remove(name);
        apiLines.remove(name);
      }
    }
  }

  private void dropMount(Statement.Drop drop, Line line) {
    String path = Paths.normalize(target(drop.name(), line).display());
    List<String> known = new ArrayList<>();
    boolean found = false;
    for (int i = placed.size() - 1; i >= 0; i--) {
      Placed candidate = placed.get(i);
      String at = Paths.normalize(candidate.to().display());
      known.add(at);
      if (at.equals(path) && !(candidate.mount() instanceof Mount.Raw)) {
        found = true;
        placed.remove(i);
        insertAt -= i < insertAt ? 1 : 0;
        if (candidate.mount() instanceof Mount.Devices) {
          nodes.clear();
          firstNode = null;
        }
      }
    }
    if (!found) {
      nothingToDrop("no base mounts anything on `" + path + "`", drop, line, known);
    }
  }

  private void nothingToDrop(
      String message, Statement.Drop drop, Line line, java.util.Collection<String> candidates) {
    diagnostics.error(
        Code.NO_EFFECT,
        line.at(drop.name().span()),
        message,
        Similar.didYouMean(drop.name().display(), candidates));
  }

  /** All mounts in order, with nodes and APIs in the mounts that hold them. */
  List<Placed> finish() {
    List<Placed> complete = new ArrayList<>(placed.size());
    boolean devices = false;
    boolean place = false;
    for (Placed p : placed) {
      Mount mount = p.mount();
      if (mount instanceof Mount.Devices d) {
        mount =
            new Mount.Devices(
                d.name(),
                d.to(),
                d.prefix(),
                devices ? List.of() : List.copyOf(nodes.values()),
                d.provenance());
        devices = twice(devices, p);
      } else if (mount instanceof Mount.Apis a) {
        mount =
            new Mount.Apis(
                a.name(), a.to(), a.prefix(), List.copyOf(apis.values()), a.provenance());
        place = twice(place, p);
      }
      complete.add(new Placed(mount, p.to(), p.line(), p.over()));
    }
    if (firstNode != null && !devices) {
      diagnostics.error(
          Code.NO_PLACE,
          firstNode.origin(),
          "there is no `devices` for this node",
          "add a line such as `devices /dev prefix broot-dev-`");
    }
    if (!apis.isEmpty() && !place) {
      diagnostics.error(
          Code.NO_PLACE,
          apis.values().iterator().next().provenance().origin(),
          "there is no `apis` for this socket",
          "add a line such as `apis /run/api`");
    }
    return complete;
  }

  private boolean twice(boolean before, Placed p) {
    if (before) {
      diagnostics.error(
          Code.DUPLICATE, p.line().origin(), "a spec has one directory of this kind", "remove one");
    }
    return true;
  }
}
