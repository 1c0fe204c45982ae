package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Mount;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Counts what bubblewrap gets as descriptors: filters, copies of files, and texts. */
final class Descriptors {
  // A POSIX shell can name 3 to 9; 5 is bubblewrap's own report.
  private static final int MOST = 6;

  private final Diagnostics diagnostics;

  Descriptors(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Spec spec) {
    List<Provenance> lines = new ArrayList<>();
    for (Mount mount : spec.mounts()) {
      boolean text = mount instanceof Mount.TextFile file && file.temp() == null;
      if (text || mount instanceof Mount.Copy) {
        lines.add(mount.provenance());
      }
    }
    for (Setting setting : spec.settings()) {
      if (setting.kind() == Setting.Kind.SECCOMP) {
        lines.add(setting.provenance());
      }
    }
    if (lines.size() > MOST) {
      diagnostics.error(
          Code.LIMIT,
          lines.get(MOST).origin(),
          "this spec has "
              + lines.size()
              + " files for bubblewrap's descriptors, and the limit is "
              + MOST,
          "add a line such as `temp prefix broot-tmp-`, so that no `text` counts");
    }
  }
}
