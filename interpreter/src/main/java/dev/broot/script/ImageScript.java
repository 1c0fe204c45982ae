package dev.broot.script;

import static dev.broot.plan.ShellWords.quote;
import static dev.broot.script.ScriptWords.word;

import dev.broot.plan.ImageCall;
import dev.broot.plan.ImageUse;
import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Word;
import dev.broot.spec.Image;

/** The part of a script that has the root tree unpacked from an image. */
final class ImageScript {
  private ImageScript() {}

  /** Finds the directory, before anything is asked about what lies in it. */
  static String write(Plan plan) {
    Image image = plan.image();
    if (image == null) {
      return "";
    }
    StringBuilder out = new StringBuilder("\n");
    String erase = ScriptParts.read(ImageCall.ERASE);
    boolean shared = plan.needsHostSetup();
    out.append(ScriptParts.read(ImageCall.TRUST)).append(shared ? erase : "");
    out.append(ScriptParts.read(ImageCall.PART));
    // Most runs find it unpacked.
    String unpack =
        (shared ? "" : erase)
            + ScriptParts.read(ImageCall.TOOLS)
            + ScriptParts.read(ImageCall.UNPACK);
    out.append("broot_image_learn() {\n").append(ScriptParts.later(unpack)).append("}\n");
    out.append(ImageCall.of(image, word(Word.of(image.path())))).append('\n');
    out.append(image.variable()).append("=$broot_image\n");
    return out.toString();
  }

  /** Looks whether what is shown of it is in it, once it is known what is shown. */
  static String inside(Plan plan) {
    if (plan.image() == null) {
      return "";
    }
    StringBuilder out = new StringBuilder("\n");
    Conditions conditions = new Conditions(plan.sandbox().operations());
    int number = 0;
    for (Operation operation : plan.sandbox().operations()) {
      number++;
      for (Word source : ImageUse.sources(operation)) {
        out.append(conditions.guard(operation))
            .append("broot_image_inside ")
            .append(quote(operation.provenance().origin().place()))
            .append(' ')
            .append(word(source))
            .append(' ')
            .append(quote(ImageUse.OUTSIDE))
            .append(operation instanceof Operation.Bind ? " broot_led_" + number : " broot_led_")
            .append('\n');
      }
    }
    return out.toString();
  }
}
