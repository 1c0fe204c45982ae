package dev.broot.permission;

import dev.broot.plan.Operation;
import dev.broot.plan.Plan;
import dev.broot.plan.Question;
import dev.broot.plan.Word;
import dev.broot.spec.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operations of a plan as values in their order, without the lines that say them: where
 * something in it is not known, only what is the same can be compared.
 */
final class Sequence implements Operation.Visitor<List<Object>> {
  private final Sources sources;

  private Sequence(Plan plan) {
    sources = new Sources(plan);
  }

  /** The operations of a plan. */
  static List<List<Object>> of(Plan plan) {
    Sequence sequence = new Sequence(plan);
    List<List<Object>> all = new ArrayList<>();
    plan.sandbox().operations().forEach(operation -> all.add(operation.accept(sequence)));
    return all;
  }

  /** The values of a setting. */
  static List<String> setting(Plan plan, Setting.Kind kind) {
    List<String> values = new ArrayList<>();
    plan.sandbox().options().stream()
        .filter(option -> option.kind() == kind)
        .forEach(
            option -> {
              Word value = option.value();
              values.add(value == null ? "" : PathKey.text(value));
            });
    return values;
  }

  private static List<Object> said(String what, Object... values) {
    List<Object> said = new ArrayList<>(List.of(what));
    for (Object value : values) {
      said.add(value instanceof Word word ? PathKey.text(word) : String.valueOf(value));
    }
    return said;
  }

  private static List<String> texts(List<Word> words) {
    return words.stream().map(PathKey::text).toList();
  }

  @Override
  public List<Object> bind(Operation.Bind bind) {
    Question question = bind.question();
    List<Object> said = said("bind", bind.target(), bind.access(), bind.optional());
    said.add(bind.source().accept(sources));
    if (question != null) {
      said.add(said("question", question.asked(), question.path()));
    }
    return said;
  }

  @Override
  public List<Object> symlink(Operation.Symlink symlink) {
    return said(
        "symlink", symlink.text(), symlink.target(), String.valueOf(symlink.question() != null));
  }

  @Override
  public List<Object> tmpfs(Operation.Tmpfs tmpfs) {
    return said("tmpfs", tmpfs.target(), String.valueOf(tmpfs.size()), mode(tmpfs.mode()));
  }

  private static String mode(@org.jspecify.annotations.Nullable Integer mode) {
    return String.valueOf(mode);
  }

  @Override
  public List<Object> directory(Operation.Directory directory) {
    return said("directory", directory.target(), mode(directory.mode()));
  }

  @Override
  public List<Object> proc(Operation.Proc proc) {
    return said("proc", proc.target());
  }

  @Override
  public List<Object> dev(Operation.Dev dev) {
    return said("dev", dev.target());
  }

  @Override
  public List<Object> mqueue(Operation.Mqueue mqueue) {
    return said("mqueue", mqueue.target());
  }

  @Override
  public List<Object> overlay(Operation.Overlay overlay) {
    List<Object> said = said("overlay", overlay.target());
    Operation.Changes changes = overlay.changes();
    said.add(texts(overlay.lower()));
    said.add(
        changes instanceof Operation.Changes.Upper kept
            ? texts(List.of(kept.upper(), kept.work()))
            : String.valueOf(changes));
    return said;
  }

  @Override
  public List<Object> remountReadOnly(Operation.RemountReadOnly remount) {
    return said("remount", remount.target());
  }

  @Override
  public List<Object> chmod(Operation.Chmod chmod) {
    return said("chmod", chmod.target(), chmod.mode());
  }

  @Override
  public List<Object> data(Operation.Data data) {
    return said(
        "data",
        data.target(),
        data.as(),
        data.content().file(),
        data.content().content(),
        mode(data.mode()));
  }

  @Override
  public List<Object> matching(Operation.Matching matching) {
    return said("matching", matching.path(), matching.optional());
  }

  @Override
  public List<Object> hide(Operation.Hide hide) {
    return masked("hide", hide.what());
  }

  @Override
  public List<Object> protect(Operation.Protect protect) {
    return masked("protect", protect.what());
  }

  private static List<Object> masked(String verb, Operation.Masked what) {
    List<Object> said = said(verb, what.path(), what.optional());
    said.add(Optional.ofNullable(what.pattern()));
    return said;
  }

  @Override
  public List<Object> raw(Operation.Raw raw) {
    List<Object> said = said("raw");
    said.add(texts(raw.arguments()));
    return said;
  }
}
