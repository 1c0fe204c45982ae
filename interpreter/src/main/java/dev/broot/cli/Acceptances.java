package dev.broot.cli;

import dev.broot.bwrap.PlanText;
import dev.broot.cli.Review.Acceptance;
import dev.broot.cli.Review.Item;
import dev.broot.cli.Review.Kind;
import dev.broot.permission.Difference;
import dev.broot.permission.Difference.Verdict;
import dev.broot.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of commit messages that accept a widening: {@code Broot-Accept: PATH because REASON}.
 * One holds for what the spec permitted in that commit, and for nothing that it gained later.
 */
final class Acceptances {
  static final String KEY = "Broot-Accept";
  private static final String BECAUSE = " because ";

  /** One such line, and the commit that it was said in; null for the commit that is being made. */
  private record Said(String path, Acceptance acceptance, @Nullable String commit) {}

  private final GitRepository repository;
  private final GitTree after;
  private final List<Said> all = new ArrayList<>();

  Acceptances(GitRepository repository, GitTree after) {
    this.repository = repository;
    this.after = after;
  }

  /** Reads the messages of the commits behind the first up to the second. */
  void read(String base, String head) throws IOException {
    for (GitRepository.Commit commit : repository.commits(base, head, KEY)) {
      String who = commit.author() + " in " + commit.id().substring(0, 10);
      commit.values().forEach(value -> add(value, who, commit.id()));
    }
  }

  /** Reads the message of the commit that is being made. */
  void readMessage(String file) throws IOException {
    String who = repository.author();
    repository.trailers(KEY, file).forEach(value -> add(value, who, null));
  }

  private void add(String value, String who, @Nullable String commit) {
    int because = value.indexOf(BECAUSE);
    String why = because < 0 ? "" : value.substring(because + BECAUSE.length()).strip();
    if (!why.isEmpty()) {
      all.add(new Said(value.substring(0, because).strip(), new Acceptance(who, why), commit));
    }
  }

  /** Who accepted what a spec gained, or null. */
  @Nullable Acceptance of(Item item) throws IOException {
    for (Said said : all) {
      if (said.path().equals(item.path()) && holds(item, said.commit())) {
        return said.acceptance();
      }
    }
    return null;
  }

  private boolean holds(Item item, @Nullable String commit) throws IOException {
    if (commit == null) {
      return true;
    }
    GitTree then = new GitTree(repository, repository.tree(commit));
    if (item.kind() == Kind.POLICY || item.kind() == Kind.DELETED) {
      Set<String> differ = new HashSet<>(then.files().keySet());
      differ.addAll(after.files().keySet());
      differ.removeIf(path -> Objects.equals(then.files().get(path), after.files().get(path)));
      return !differ.contains(item.path())
          && new Dependencies(after).first(item.path(), differ) == null;
    }
    Plan was = Reviewer.plan(item.path(), then);
    Plan is = Reviewer.plan(item.path(), after);
    if (was == null || is == null) {
      return false;
    }
    Verdict since = Difference.here(was, is).verdict();
    return since == Verdict.EQUAL
        || since == Verdict.NARROWER
        || PlanText.print(was).equals(PlanText.print(is));
  }
}
