package dev.broot.cli;

import dev.broot.check.Bases;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code broot bases [NAME]}. */
final class BasesCommand extends Command {
  BasesCommand() {
    super("bases", "List the bases and fragments that ship with broot, or print one.");
  }

  @Override
  void configure(Options options) {
    options.flag("--fragments", "List the fragments, which `include NAME` brings in.");
    options.operand(0, 1, "NAME", "The base or fragment to print.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError {
    List<String> names = arguments.operands();
    if (names.isEmpty()) {
      List<String> all = arguments.flag("--fragments") ? Bases.fragments() : Bases.names();
      all.forEach(name -> console.print(name + "\n"));
      return Status.OK;
    }
    byte[] text = Bases.read(names.get(0));
    if (text == null) {
      throw new UsageError(
          "no base or fragment is called `" + names.get(0) + "`; `broot bases` lists them");
    }
    console.print(new String(text, StandardCharsets.UTF_8));
    return Status.OK;
  }
}
