package dev.broot.plan;

import java.util.stream.Collectors;

/** Steps of a setup as people read them, one a line. */
public final class StepText implements Step.Visitor<String, RuntimeException> {
  private static final StepText INSTANCE = new StepText();

  private StepText() {}

  /** A step as a line. */
  public static String of(Step step) {
    return step.accept(INSTANCE);
  }

  /** The undoing of a step as a line. */
  public static String of(Step.Undo undo) {
    return undo.accept(
        new Step.Undo.Visitor<String>() {
          @Override
          public String unmount(Step.Undo.Unmount unmount) {
            return "umount --lazy @" + unmount.temp();
          }

          @Override
          public String stop(Step.Undo.Stop stop) {
            return "stop @" + stop.temp() + "/" + ShellWords.display(stop.api());
          }

          @Override
          public String remove(Step.Undo.Remove remove) {
            return "remove @" + remove.temp();
          }
        });
  }

  @Override
  public String makeDirectory(Step.MakeDirectory step) {
    return "mkdir " + step.path().shown() + "    (if missing)";
  }

  @Override
  public String makeTemp(Step.MakeTemp step) {
    Word parent = step.parent();
    if (parent == null) {
      return "mkdtemp @" + step.name() + "    (where only the caller can enter)";
    }
    String path = parent.display();
    return "mkdtemp @"
        + step.name()
        + " "
        + parent.shown(path + (path.endsWith("/") ? "" : "/") + step.prefix().display())
        + "*";
  }

  @Override
  public String mountTmpfs(Step.MountTmpfs step) {
    return "mount tmpfs @" + step.temp() + " nosuid";
  }

  @Override
  public String makeNode(Step.MakeNode step) {
    return "mknod @"
        + step.temp()
        + "/"
        + ShellWords.display(step.name())
        + " c "
        + step.major()
        + ":"
        + step.minor()
        + " "
        + Modes.octal(step.mode());
  }

  @Override
  public String bindDevice(Step.BindDevice step) {
    String name = ShellWords.display(step.name());
    return "bind /dev/"
        + name
        + " @"
        + step.temp()
        + "/"
        + name
        + (step.optional() ? "    (if it exists)" : "");
  }

  @Override
  public String makeInner(Step.MakeInner step) {
    Integer mode = step.mode();
    return "mkdir "
        + Word.temp(step.temp(), step.path()).shown()
        + (mode == null ? "" : " " + Modes.octal(mode));
  }

  @Override
  public String writeText(Step.WriteText step) {
    Integer mode = step.mode();
    return "write "
        + Word.temp(step.temp(), step.path()).shown()
        + (mode == null ? "" : " " + Modes.octal(mode))
        + " "
        + step.text().shown();
  }

  @Override
  public String startProvider(Step.StartProvider step) {
    return "serve @"
        + step.temp()
        + "/"
        + ShellWords.display(step.api())
        + step.command().stream().map(word -> " " + word.shown()).collect(Collectors.joining())
        + (step.required() ? "    (required)" : "");
  }
}
