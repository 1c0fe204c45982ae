package dev.broot.check;

import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic.Note;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.spec.Capabilities;
import dev.broot.spec.Masking;
import dev.broot.spec.Mount;
import dev.broot.spec.Provenance;
import dev.broot.spec.Setting;
import dev.broot.spec.Spec;
import java.util.List;

/** Finds what would let a program see what {@code hide} hides. */
final class Masks {
  private final Diagnostics diagnostics;

  Masks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Spec spec) {
    List<Mount.Mask> masks =
        spec.mounts().stream()
            .filter(Mount.Mask.class::isInstance)
            .map(Mount.Mask.class::cast)
            .toList();
    if (masks.isEmpty()) {
      return;
    }
    for (Spec.CapChange cap : spec.caps()) {
      boolean undoes =
          cap.name().equals(Capabilities.ALL) || Capabilities.UNDO_MASKS.contains(cap.name());
      if (cap.add() && undoes) {
        undone(
            masks.get(0),
            "with `" + cap.name() + "` the program can undo that",
            cap.provenance(),
            "remove one of the two lines; a spec that hides or protects drops "
                + String.join(", ", Capabilities.UNDO_MASKS));
      }
    }
    for (Setting setting : spec.settings()) {
      if (setting.kind() == Setting.Kind.NOT_A_SECURITY_BOUNDARY) {
        undone(
            masks.get(0),
            "the program runs even where that cannot be set up",
            setting.provenance(),
            "remove one of the two lines");
      }
    }
  }

  private void undone(Mount.Mask mask, String why, Provenance other, String hint) {
    String verb = mask.kind() == Masking.HIDE ? "hidden" : "protected";
    diagnostics.error(
        Code.MASK_UNDONE,
        mask.provenance().origin(),
        "`" + mask.path().display() + "` is not " + verb + ": " + why,
        hint,
        new Note("because of this line", other.origin()));
  }
}
