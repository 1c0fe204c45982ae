package dev.broot.permission;

import dev.broot.plan.Modes;
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
    String text = seen.thing().accept(new What(seen));
    return seen.certain() ? text : text + " (if it is there)";
  }

  /** What the program can do at a path, in one line. */
  public static String at(View view, String path) {
    String inside = view.follow(path);
    Seen seen = view.covering(inside);
    String link = inside.equals(dev.broot.spec.Paths.normalize(path)) ? "" : inside;
    String shown = path + (link.isEmpty() ? "" : " (which is " + link + ")");
    if (seen == null) {
      return shown
          + (view.can(path, false)
              ? ": in memory, gone after the run\n"
              : view.open(path).isEmpty()
                  ? ": nothing is mounted there; the root is in memory\n"
                  : ": that is not known\n");
    }
    String host = view.onHost(inside);
    if (view.isClosedDevice(inside)) {
      return shown
          + ": a device, "
          + host
          + " on the host, and devices can be opened only where `bind dev` or `dev` shows them\n";
    }
    boolean below = !seen.writable() && view.can(path, true);
    boolean devices = host != null && host.startsWith("/dev/") && !seen.devices();
    return shown
        + ": "
        + (seen.writable() ? "read and write" : "read")
        + (below ? ", and write where the host has mounted something in it" : "")
        + (seen.devices() ? ", with its devices" : "")
        + (devices ? ", no device can be opened" : "")
        + (seen.certain() ? "" : ", if it is there")
        + (host == null ? "" : ", which is " + host + " on the host")
        + "\n";
  }

  /** What stands at a place, in a few words. */
  private record What(Seen seen) implements Thing.Visitor<String> {
    @Override
    public String host(Thing.Host host) {
      String access = seen.devices() ? "dev " : seen.writable() ? "rw " : "ro ";
      return access + PathKey.display(host.source());
    }

    @Override
    public String socket(Thing.Socket socket) {
      return "socket " + PathKey.display(socket.source());
    }

    @Override
    public String module(Thing.Module module) {
      return "ro, Python module " + module.name();
    }

    @Override
    public String proc(Thing.Proc proc) {
      return "proc";
    }

    @Override
    public String overlay(Thing.Overlay overlay) {
      String upper = overlay.upper();
      List<String> lower = overlay.lower().stream().map(PathKey::display).toList();
      return "overlay of "
          + String.join(", ", lower)
          + (upper != null
              ? ", rw " + PathKey.display(upper)
              : overlay.inMemory() ? ", changes in memory" : ", ro");
    }

    @Override
    public String memory(Thing.Memory memory) {
      return seen.writable() ? "in memory" : "in memory, ro";
    }

    @Override
    public String queues(Thing.Queues queues) {
      return "message queues";
    }

    @Override
    public String minimal(Thing.MinimalDevices minimal) {
      return "dev, minimal";
    }

    @Override
    public String devices(Thing.Devices devices) {
      return "dev, device nodes";
    }

    @Override
    public String scratch(Thing.Scratch scratch) {
      return (seen.writable() ? "rw" : "ro") + ", gone after the run";
    }

    @Override
    public String copy(Thing.Copy copy) {
      return "a copy of " + PathKey.display(copy.source());
    }

    @Override
    public String writing(Thing.Writing writing) {
      return "a text";
    }

    @Override
    public String provider(Thing.Provider provider) {
      return "socket provider of " + provider.name();
    }

    @Override
    public String link(Thing.Link link) {
      return "-> " + PathKey.display(link.text());
    }

    @Override
    public String directory(Thing.Directory directory) {
      return "in memory" + (directory.mode() == 0755 ? "" : ", " + mode(directory.mode()));
    }

    private static String mode(int mode) {
      return "mode " + Modes.octal(mode);
    }
  }
}
