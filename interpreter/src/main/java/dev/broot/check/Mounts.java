package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.spec.Fresh;
import dev.broot.spec.Mount;
import dev.broot.spec.Paths;
import dev.broot.spec.Provenance;
import dev.broot.spec.Sizes;
import dev.broot.spec.Spec;
import dev.broot.spec.Value;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the mounts of all levels into the order in which they are made. */
final class Mounts {
  /** A mount with its target. */
  record Placed(Mount mount, Value to, boolean over, boolean yields) {}

  private final Diagnostics diagnostics;
  private final Names names;
  private final List<Placed> placed = new ArrayList<>();
  private final DeviceEntries devices;
  private final Temps temps;
  private final Patterns patterns;
  private final Endpoints endpoints;
  private int insertAt;
  private @Nullable Line mountsHere;

  Mounts(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
    devices = new DeviceEntries(diagnostics, names);
    temps = new Temps(diagnostics, names);
    patterns = new Patterns(diagnostics, this::target);
    endpoints = new Endpoints(diagnostics, names, this::source);
  }

  /** Adds the mounts of the next level, where the level below said {@code mounts-here}. */
  void addLevel(List<Line> lines) {
    patterns.meet(lines);
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
      own.add(new Placed(build(mount, to, line), to, mount.over(), mount.yields()));
    } else if (body instanceof Statement.Raw raw) {
      List<Value> arguments =
          raw.arguments().stream().map(text -> names.resolve(text, line)).toList();
      own.add(new Placed(new Mount.Raw(arguments, line.provenance()), Value.of("/"), false, false));
    } else if (Patterns.mayBeIn(body)) {
      patterns.read(body, line, (mount, to) -> own.add(new Placed(mount, to, false, false)));
    } else if (body instanceof Statement.Node node) {
      devices.node(node, line);
    } else if (body instanceof Statement.Device device) {
      devices.hostDevice(device, line);
    } else if (body instanceof Statement.Temp temp) {
      temps.shared(temp, line);
    } else if (body instanceof Statement.ScratchDirectory directory) {
      temps.directory(directory, target(directory.to(), line), line);
    } else if (body instanceof Statement.ApiSocket api) {
      endpoints.socket(api, line);
    } else if (Endpoints.isOfProvider(body)) {
      endpoints.provider(body, line);
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
      return new Mount.Symlink(text, to, symlink.ifSymlink(), provenance);
    } else if (mount instanceof Statement.FreshMount fresh) {
      return fresh(fresh, to, line);
    } else if (mount instanceof Statement.Overlay overlay) {
      return overlay(overlay, to, line);
    } else if (mount instanceof Statement.Change change) {
      return new Mount.Change(to, mode(change.mode(), line), provenance);
    } else if (mount instanceof Statement.Devices directory) {
      temps.needs("rundir", line);
      return new Mount.Devices(
          temps.name(to, "dev"), to, temps.prefix(directory.prefix(), line), List.of(), provenance);
    } else if (mount instanceof Statement.Scratch scratch) {
      return temps.scratch(scratch, to, line);
    } else if (mount instanceof Statement.TextFile text) {
      return temps.text(text, to, mode(text.mode(), line), line);
    } else if (mount instanceof Statement.Copy copy) {
      return new Mount.Copy(
          copy.as(), source(copy.from(), line), to, mode(copy.mode(), line), provenance);
    } else if (mount instanceof Statement.Module module) {
      return module(module, to, line);
    } else if (mount instanceof Statement.LibdirBind) {
      names.use("libdir");
      return new Mount.Libdir(
          names.has("libdir") ? names.settingValue("libdir") : null, to, provenance);
    }
    Text prefix = ((Statement.Apis) mount).prefix();
    if (prefix != null) {
      temps.needs("rundir", line);
    }
    return new Mount.Apis(
        temps.name(to, "api"),
        to,
        prefix == null ? null : temps.prefix(prefix, line),
        List.of(),
        provenance);
  }

  private Mount fresh(Statement.FreshMount fresh, Value to, Line line) {
    dev.broot.syntax.Name written = fresh.size();
    Long size = null;
    if (written != null) {
      size = Sizes.bytes(written.text());
      if (size == null) {
        diagnostics.error(
            Code.BAD_VALUE,
            line.at(written.span()),
            "`" + written.text() + "` is not a size",
            "write a number with a unit, such as `256MiB`; the units are B, KiB, MiB and GiB");
      }
    }
    return new Mount.FreshMount(
        fresh.kind(), to, size, mode(fresh.mode(), line), line.provenance());
  }

  private @Nullable Integer mode(dev.broot.syntax.@Nullable Name written, Line line) {
    if (written == null) {
      return null;
    }
    int mode = DeviceEntries.mode(written);
    if (mode < 0 || mode > 07777) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(written.span()),
          "`" + written.text() + "` is not a mode",
          "write a mode up to 07777");
      return 0;
    }
    return mode;
  }

  private Mount overlay(Statement.Overlay overlay, Value to, Line line) {
    List<Value> lower = overlay.lower().stream().map(text -> source(text, line)).toList();
    Text upper = overlay.upper();
    Text work = overlay.work();
    int least = upper == null && !overlay.writable() ? 2 : 1;
    if (lower.size() < least) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "an overlay of too few directories",
          least == 2 ? "name two or more in the brackets" : "name one or more in the brackets");
    }
    return new Mount.Overlay(
        lower,
        overlay.writable(),
        upper == null ? null : source(upper, line),
        work == null ? null : source(work, line),
        to,
        line.provenance());
  }

  private Mount module(Statement.Module module, Value to, Line line) {
    String name = module.name().text();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(module.name().span()),
          "`" + name + "` is not the name of a Python module",
          "write letters, digits and `_`");
    }
    Text empty = module.ifEmpty();
    return new Mount.Module(
        name, to, empty == null ? null : source(empty, line), line.provenance());
  }

  private Value source(Text text, Line line) {
    Value value = names.resolve(text, line);
    Wildcards.refuse(text, line.at(text.span()), diagnostics);
    checkAbsolute(value, text, line, "source");
    return value;
  }

  /** Resolves a path inside the sandbox. */
  Value target(Text text, Line line) {
    Value value = names.resolve(text, line);
    Wildcards.refuse(text, line.at(text.span()), diagnostics);
    if (checkAbsolute(value, text, line, "target") && Paths.hasParentPart(value.display())) {
      diagnostics.error(
          Code.PARENT_IN_TARGET,
          line.at(text.span()),
          "a target may not contain `..`",
          "write the path without `..`: `" + Paths.normalize(value.display()) + "`");
    }
    return value;
  }

  /** Checks that a path is absolute. */
  boolean checkAbsolute(Value value, Text text, Line line, String what) {
    if (Arguments.startsWithPath(value)) {
      return true;
    }
    Origin at = line.at(text.span());
    boolean open = !value.parts().isEmpty() && value.parts().get(0) instanceof Value.Open;
    if (open) {
      diagnostics.error(
          Code.BAD_VALUE, at, "this " + what + " starts with a `string`", "declare it as a `path`");
    } else {
      diagnostics.error(
          Code.RELATIVE_PATH,
          at,
          "the " + what + " `" + text.display() + "` is not an absolute path",
          what.equals("source")
              ? text.display().startsWith("~")
                  ? "declare `param home: path from env HOME`, and write `${home}` for `~`"
                  : "write the path from `/` on, or declare `param NAME: path` and pass it with `--set`"
              : "write the path in the sandbox, from `/` on");
    }
    return false;
  }

  /** Puts a text that a line brings with it behind all mounts. */
  void addText(String path, String content, Line line, String why) {
    for (Placed before : placed) {
      if (!before.yields() && path.equals(before.to().literal())) {
        diagnostics.error(
            Code.DUPLICATE,
            before.mount().provenance().origin(),
            "`" + path + "` is made by broot: " + why,
            "remove this line; one of a base goes with `drop " + path + "`",
            new Note("this line brings it", line.origin()));
        return;
      }
    }
    Value to = Value.of(path);
    placed.add(new Placed(temps.text(path, content, line), to, false, false));
  }

  /** The name of a temporary directory that no other has. */
  String temp(String name) {
    return temps.name(Value.of("/" + name), name);
  }

  private void drop(Statement.Drop drop, Line line) {
    if (drop.kind() == Statement.Dropped.MOUNT) {
      dropMount(drop, line);
    } else if (drop.kind() == Statement.Dropped.API) {
      endpoints.drop(drop, line);
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
      if (at.equals(path) && candidate.mount().to() != null) {
        found = true;
        placed.remove(i);
        insertAt -= i < insertAt ? 1 : 0;
        if (candidate.mount() instanceof Mount.Devices) {
          devices.clear();
        } else if (candidate.mount() instanceof Mount.Scratch) {
          temps.dropDirectories(path);
        }
      }
    }
    if (!found) {
      Entries.nothingToDrop(
          diagnostics, "no base mounts anything on `" + path + "`", drop, line, known);
    }
  }

  /** All mounts in order, with nodes and APIs in the mounts that hold them. */
  List<Placed> finish() {
    giveWay();
    List<Placed> complete = new ArrayList<>(placed.size());
    boolean deviceDirectory = false;
    boolean place = false;
    for (Placed p : placed) {
      Mount mount = p.mount();
      if (mount instanceof Mount.Devices d) {
        mount =
            new Mount.Devices(
                d.name(),
                d.to(),
                d.prefix(),
                deviceDirectory ? List.of() : devices.all(),
                d.provenance());
        deviceDirectory = twice(deviceDirectory, p);
      } else if (mount instanceof Mount.Scratch scratch) {
        mount = temps.withDirectories(scratch);
      } else if (mount instanceof Mount.TextFile text) {
        mount = temps.placed(text);
      } else if (mount instanceof Mount.Apis a) {
        mount = new Mount.Apis(a.name(), a.to(), a.prefix(), endpoints.all(), a.provenance());
        place = twice(place, p);
      }
      complete.add(new Placed(mount, p.to(), p.over(), p.yields()));
    }
    if (!deviceDirectory) {
      devices.reportHomeless();
    }
    temps.finish();
    patterns.finish();
    if (!place) {
      endpoints.reportHomeless();
    }
    return complete;
  }

  // A mount that ends in `default` is not made where a later one takes its place.
  private void giveWay() {
    Set<String> later = new HashSet<>();
    for (int i = placed.size() - 1; i >= 0; i--) {
      Placed p = placed.get(i);
      String literal = p.to().literal();
      String place = literal == null ? "" : Paths.normalize(literal);
      if (p.yields() && Paths.isWithinAny(place, later)) {
        placed.remove(i);
        insertAt -= i < insertAt ? 1 : 0;
      } else if (literal != null && covers(p.mount())) {
        later.add(place);
      }
    }
  }

  private static boolean covers(Mount mount) {
    return !(mount instanceof Mount.Raw
        || mount instanceof Mount.Mask
        || mount instanceof Mount.Change
        || (mount instanceof Mount.FreshMount fresh && fresh.kind() == Fresh.DIR));
  }

  /** Where the mounts of a further level would come. */
  int callerMounts() {
    return insertAt;
  }

  /** The temporary directory that mounts share, or null without one. */
  Spec.@Nullable SharedTemp sharedTemp() {
    return temps.shared();
  }

  private boolean twice(boolean before, Placed p) {
    if (before) {
      diagnostics.error(
          Code.DUPLICATE,
          p.mount().provenance().origin(),
          "a second directory of this kind",
          "remove one of the two lines");
    }
    return true;
  }
}
