package dev.broot.permission;

import dev.broot.ir.Capabilities;
import java.util.List;

/** The capabilities one by one. */
final class Capability {
  private Capability() {}

  static List<String> names() {
    return Capabilities.names().stream().filter(name -> !name.equals("ALL")).toList();
  }

  static boolean isDangerous(String name) {
    return Capabilities.isDangerous(name);
  }
}
