package dev.broot.permission;

import dev.broot.permission.Seen.Kind;
import dev.broot.spec.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sandbox's file system as a tree. */
public final class TreeText {
  private final Map<String, Seen> nodes = new TreeMap<>();
  private final StringBuilder out = new StringBuilder();

  private TreeText() {}

  /** Draws what the program finds; each line ends in LF. */
  public static String print(View view) {
    TreeText tree = new TreeText();
    view.all().forEach(seen -> tree.nodes.put(seen.at(), seen));
    Seen root = tree.nodes.get("/");
    tree.out.append("/").append(root == null ? "  in memory" : "  " + what(root)).append('\n');
    tree.below("/", "");
    return tree.out.toString();
  }

  private List<String> children(String parent) {
    List<String> children = new ArrayList<>();
    String start = parent.equals("/") ? "/" : parent + "/";
    for (String path : nodes.keySet()) {
      if (path.startsWith(start) && path.length() > start.length()) {
        int end = path.indexOf('/', start.length());
        String child = end < 0 ? path : path.substring(0, end);
        if (!children.contains(child)) {
          children.add(child);
        }
      }
    }
    return children;
  }

  private void below(String parent, String margin) {
    List<String> children = children(parent);
    for (int i = 0; i < children.size(); i++) {
      String child = children.get(i);
      boolean last = i == children.size() - 1;
      Seen seen = nodes.get(child);
      out.append(margin)
          .append(last ? "└── " : "├── ")
          .append(name(child))
          .append(seen == null ? "" : "  " + what(seen))
          .append('\n');
      below(child, margin + (last ? "    " : "│   "));
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String what(Seen seen) {
    String text =
        switch (seen.kind()) {
          case HOST ->
              (seen.devices() ? "dev" : seen.writable() ? "rw" : "ro")
                  + " "
                  + Paths.shown(seen.source());
          case MEMORY -> "in memory";
          case SCRATCH -> "rw, gone after the run";
          case TEXT -> "a text";
          case PROC -> "proc";
          case DEV -> "dev, minimal";
          case DEVICES -> "dev, device nodes";
          case SOCKET -> "socket " + seen.source();
          case PROVIDER -> "socket provider of " + seen.source();
          case MODULE -> "ro, Python module " + seen.source();
          case SYMLINK -> "-> " + seen.source();
        };
    return seen.certain() ? text : text + " (if it is there)";
  }

  /** What the program can do at a path, in one line. */
  public static String at(View view, String path) {
    String inside = view.follow(path);
    Seen seen = view.covering(inside);
    String link = inside.equals(Paths.normalize(path)) ? "" : " (which is " + inside + ")";
    if (seen == null) {
      return path + link + ": nothing is mounted there; the root is in memory\n";
    }
    String rest =
        seen.kind() == Kind.HOST
            ? ", which is " + Paths.shown(seen.inSource(inside)) + " on the host"
            : "";
    return path
        + link
        + ": "
        + (seen.writable() ? "read and write" : "read")
        + (seen.devices() ? ", with its devices" : "")
        + (seen.certain() ? "" : ", if it is there")
        + rest
        + "\n";
  }
}
