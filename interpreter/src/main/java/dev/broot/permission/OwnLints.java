package dev.broot.permission;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.SourceFile;
import dev.broot.spec.Mount;
import dev.broot.spec.Provenance;
import dev.broot.spec.Spec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the program can change of what says what it may do: the spec and what goes with it. */
final class OwnLints {
  private final Spec spec;
  private final Permissions permissions;
  private final Warnings warnings;
  private final World now = World.usual();

  OwnLints(Spec spec, Permissions permissions, Warnings warnings) {
    this.spec = spec;
    this.permissions = permissions;
    this.warnings = warnings;
  }

  void look() {
    List<SourceFile> files = spec.sources();
    for (int i = 0; i < files.size(); i++) {
      String name = files.get(i).name();
      Path path = OwnFiles.path(name);
      if (path != null) {
        look(path, i == 0 ? "this spec" : "`" + name + "`, which this spec includes,");
        // The plan that people look at.
        Path golden = i == 0 ? OwnFiles.golden(path) : null;
        if (golden != null) {
          look(golden, "the golden file of this spec");
        }
      }
    }
  }

  private void look(Path file, String what) {
    View view = permissions.view();
    String path = view.onHost(PathKey.of(file.toString()), now);
    Reach.Item item = permissions.reach().find(Use.WRITE, path, false, now);
    Provenance by = item == null ? null : item.standing().provenance();
    if (item == null || by == null) {
      return;
    }
    String place = PathKey.display(item.place(path, view.onHost(item.tree(), now)));
    for (Mount mount : spec.mounts()) {
      if (mount instanceof Mount.Mask mask && isMatched(mask, List.of(file.toString(), place))) {
        return;
      }
    }
    warnings.insist(
        Code.OWN_SPEC,
        by,
        "the program can change " + what + " and so what its next run may do",
        "add the line `protect " + file + "`, or keep it elsewhere",
        null);
  }

  private static boolean isMatched(Mount.Mask mask, List<String> paths) {
    dev.broot.spec.Pattern pattern = mask.pattern();
    String below = mask.path().literal();
    if (pattern == null || below == null) {
      return false;
    }
    String start = Pattern.quote(below.equals("/") ? "/" : below + "/");
    List<String> left = new ArrayList<>(paths);
    left.removeIf(
        path ->
            pattern.except().stream()
                .anyMatch(glob -> path.matches("(?s)" + start + glob.regex() + "(/.*)?")));
    return left.size() == paths.size()
        && left.stream().anyMatch(path -> path.matches("(?s)" + start + pattern.glob().regex()));
  }
}
