package dev.broot.check;

import dev.broot.check.Linker.Line;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Mount;
import dev.broot.syntax.Name;
import dev.broot.syntax.Statement;
import dev.broot.syntax.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in the directory of {@code devices}. */
final class DeviceEntries {
  private final Diagnostics diagnostics;
  private final Names names;
  private final Map<String, Mount.Device> entries = new LinkedHashMap<>();
  private @Nullable Line first;

  DeviceEntries(Diagnostics diagnostics, Names names) {
    this.diagnostics = diagnostics;
    this.names = names;
  }

  List<Mount.Device> all() {
    return List.copyOf(entries.values());
  }

  void clear() {
    entries.clear();
    first = null;
  }

  void node(Statement.Node node, Line line) {
    String name = name(node.name(), line);
    if (name == null) {
      return;
    }
    if (!node.kind().text().equals("c")) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(node.kind().span()),
          "`" + node.kind().text() + "` is not a kind of device node",
          "write `c`; broot makes character devices only");
      return;
    }
    int[] numbers = new int[2];
    String[] written = node.number().text().split(":", -1);
    for (int i = 0; i < 2; i++) {
      numbers[i] = written[i].length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(written[i]);
    }
    int mode = mode(node.mode());
    if (numbers[0] > 0xfff || numbers[1] > 0xfffff || mode < 0 || mode > 0777) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.origin(),
          "a device number or mode is too large",
          "the major number has 12 bits, the minor number 20, and the mode goes up to 0777");
      return;
    }
    put(new Mount.Node(name, numbers[0], numbers[1], mode, line.provenance()), line);
  }

  void hostDevice(Statement.Device device, Line line) {
    String name = name(device.name(), line);
    if (name != null) {
      put(new Mount.HostDevice(name, device.optional(), line.provenance()), line);
    }
  }

  /** The number that an octal mode stands for, or -1 when it is far too large. */
  static int mode(Name written) {
    return written.text().length() > 6 ? -1 : Integer.parseInt(written.text(), 8);
  }

  private @Nullable String name(Text text, Line line) {
    if (first == null) {
      first = line;
    }
    Wildcards.refuse(text, line.at(text.span()), diagnostics);
    String name = names.resolve(text, line).literal();
    if (name == null || !Entries.isName(name)) {
      diagnostics.error(
          Code.BAD_VALUE,
          line.at(text.span()),
          "`" + text.display() + "` is not the name of a node",
          "write a name without `/`, such as `null`");
      return null;
    }
    return name;
  }

  private void put(Mount.Device device, Line line) {
    Mount.Device before = entries.putIfAbsent(device.name(), device);
    if (before != null) {
      Entries.duplicate(
          diagnostics,
          "the node `" + device.name() + "` is given twice",
          line,
          before.provenance().origin());
    }
  }

  /** Reports that there is no directory for the nodes. */
  void reportHomeless() {
    if (first != null) {
      diagnostics.error(
          Code.NO_PLACE,
          first.origin(),
          "this node needs a line `devices`",
          "add a line such as `devices /dev prefix broot-dev-`");
    }
  }
}
