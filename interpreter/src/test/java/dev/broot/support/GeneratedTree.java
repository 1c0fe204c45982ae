package dev.broot.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A tree with secrets in it, a spec that shows it in several ways, and what has to hold after. */
public final class GeneratedTree {
  private static final List<String> NAMES =
      List.of("a", "b", ".c", "d e", "-f", "g'h", "new\nline", "*", "é", "i");

  private final Tree tree;
  private final Random random;
  private final List<String> directories = new ArrayList<>(List.of("p"));
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, String> hidden = new TreeMap<>();
  private final Map<String, String> guarded = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  /** A tree of its own for each seed. */
  public GeneratedTree(Tree tree, long seed) throws Exception {
    this.tree = tree;
    this.random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      String path = one(directories) + "/" + one(NAMES);
      boolean fresh = !files.containsKey(path) && !directories.contains(path);
      if (fresh && random.nextInt(3) == 0) {
        directories.add(path);
        tree.file(path + "/kept", "kept");
      } else if (fresh) {
        files.put(path, "text" + i);
        tree.file(path, "text" + i);
      }
    }
    shows();
    for (int i = 0; i < 5; i++) {
      mask();
    }
  }

  private String one(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String said(String path) {
    return "\"" + path.replace("\n", "\\n") + "\"";
  }

  private void shows() throws Exception {
    lines.add("bind rw " + said(tree.at("p")) + " -> " + said(tree.at("p")));
    if (random.nextBoolean()) {
      lines.add("bind ro " + said(tree.at("p")) + " -> /ro");
    }
    if (random.nextBoolean()) {
      tree.link("q", "p");
      lines.add("bind rw " + said(tree.at("q")) + " -> /rw");
    }
  }

  // One is hidden or protected; what lies below it is so too.
  private void mask() {
    List<String> all = new ArrayList<>(files.keySet());
    all.addAll(directories.subList(1, directories.size()));
    if (all.isEmpty()) {
      return;
    }
    String path = one(all);
    boolean hides = random.nextInt(3) > 0;
    boolean twice =
        hidden.keySet().stream().anyMatch(other -> within(path, other) || within(other, path))
            || guarded.keySet().stream()
                .anyMatch(other -> within(path, other) || within(other, path));
    if (twice) {
      return;
    }
    lines.add((hides ? "hide " : "protect ") + said(tree.at(path)));
    files.forEach(
        (file, text) -> {
          if (within(file, path)) {
            (hides ? hidden : guarded).put(file, text);
          }
        });
  }

  private static boolean within(String path, String parent) {
    return path.equals(parent) || path.startsWith(parent + "/");
  }

  /** Lets a hostile program in, and looks at what it read and what it changed. */
  public void attack(Tree.Way way) throws Exception {
    for (Map.Entry<String, String> file : hidden.entrySet()) {
      tree.file(file.getKey(), "SECRET " + file.getValue());
    }
    String spec = "broot 1\nbase host\n" + String.join("\n", lines) + "\n";
    Tree.Outcome outcome = tree.attack(way, spec, "p");
    assertThat(outcome.output()).as(spec).doesNotContain("SECRET").contains("attacked");
    for (Map.Entry<String, String> file : hidden.entrySet()) {
      assertThat(tree.read(file.getKey())).as(spec).isEqualTo("SECRET " + file.getValue());
    }
    for (Map.Entry<String, String> file : guarded.entrySet()) {
      assertThat(tree.read(file.getKey())).as(spec).isEqualTo(file.getValue());
    }
  }
}
