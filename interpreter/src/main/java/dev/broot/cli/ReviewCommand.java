package dev.broot.cli;

import dev.broot.cli.Review.Item;
import dev.broot.diagnostic.Visible;
import dev.broot.host.Bytes;
import dev.broot.host.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code broot review --base REV [PATH...]}. */
final class ReviewCommand extends Command {
  private static final List<String> FORMATS =
      List.of("text", "markdown", "html", "github", "sarif");

  ReviewCommand() {
    super("review", "Tell what a change in git does to all sandboxes of the repository.");
  }

  @Override
  void configure(Options options) {
    options.synopsis("broot review --base REV [OPTIONS] [PATH...]");
    options.value("--base", "REV", "What the change is compared with, from where it went on.");
    options.value("--head", "REV", "What the change leads to; the default is HEAD.");
    options.flag("--index", "In place of --head: what `git commit` would commit now.");
    options.value("--message", "FILE", "With --index: the message of that commit.");
    options.values(
        "--policy", "FRAGMENT", "Also check the specs against the `expect` lines of a fragment.");
    options.value(
        "--golden", "DIR", "The directory of the golden files; the default is that of each spec.");
    options.value("--repository", "DIR", "Start in DIR in place of the working directory.");
    options.value("--format", "FORMAT", String.join(", ", FORMATS) + "; the default is text.");
    options.value("-o", "FILE", "The file to write; the default is stdout.");
    options.operand(
        0, Integer.MAX_VALUE, "PATH", "Specs, or directories with specs; the default is all.");
    options.footer(
        "",
        "Both sides are read from git, never from the work tree. The status is 1 if a spec is",
        "wider or that is not known, unless a commit message accepts it with the line",
        "  Broot-Accept: PATH because REASON",
        "or if a new spec does not compile, breaks an assertion, or its golden file differs.");
  }

  @Override
  int run(Arguments arguments, Console console) throws UsageError, IOException {
    String format = arguments.value("--format", "text");
    if (!FORMATS.contains(format)) {
      throw new UsageError("--format is one of " + String.join(", ", FORMATS));
    }
    String repository = arguments.value("--repository", "");
    Review review;
    try (GitRepository git = new GitRepository(repository.isEmpty() ? null : Path.of(repository))) {
      review = review(git, arguments, console);
    }
    String text =
        switch (format) {
          case "markdown" -> ReviewMarkdown.print(review);
          case "html" -> ReviewPage.print(review);
          case "github" -> ReviewText.github(review);
          case "sarif" -> ReviewText.sarif(review);
          default -> ReviewText.text(review);
        };
    String file = arguments.value("-o", "");
    if (file.isEmpty()) {
      console.print(text);
    } else {
      OutputFile.write(Path.of(file), Bytes.encode(text), "rw-r--r--");
    }
    if (format.equals("text")) {
      hint(review, console);
    }
    return review.isCalm() ? Status.OK : Status.REFUSED;
  }

  private static void hint(Review review, Console console) {
    review.items().stream()
        .filter(item -> item.isWide() && item.accepted() == null)
        .findFirst()
        .ifPresent(
            item ->
                console.fail(
                    "if this is meant, end the commit message in a paragraph with the line"
                        + " `Broot-Accept: "
                        + Visible.line(item.path())
                        + " because REASON`"));
  }

  private static Review review(GitRepository git, Arguments arguments, Console console)
      throws UsageError, IOException {
    String base = arguments.value("--base", "");
    boolean index = arguments.flag("--index");
    String head = arguments.value("--head", index ? "" : "HEAD");
    String message = arguments.value("--message", "");
    if (base.isEmpty()) {
      throw new UsageError("--base is missing; name the branch that the change is for");
    } else if (index && !head.isEmpty()) {
      throw new UsageError("use either --head or --index");
    } else if (!index && !message.isEmpty()) {
      throw new UsageError("--message goes with --index");
    }
    String since = since(git, base, index ? "HEAD" : head);
    String until = index ? null : git.commit(head);
    if (!index && until == null) {
      throw new UsageError("`" + head + "` is no commit");
    }
    GitTree before = new GitTree(git, git.tree(since));
    GitTree after = new GitTree(git, until == null ? git.index() : git.tree(until));
    List<String> wanted = paths(arguments.operands(), git, before, after);
    List<String> policies = paths(arguments.values("--policy"), git, before, after);
    String golden = arguments.value("--golden", "");
    List<String> goldens =
        paths(golden.isEmpty() ? List.of() : List.of(golden), git, before, after);
    List<Item> items;
    try (Progress progress = Progress.of(console, "files", after.files().size())) {
      items =
          new Reviewer(before, after, policies, goldens.isEmpty() ? null : goldens.get(0), progress)
              .review(
                  git.changes(since, until),
                  path -> wanted.isEmpty() || wanted.stream().anyMatch(one -> isWithin(path, one)));
    }
    Acceptances acceptances = new Acceptances(git, after);
    String tip = index ? "HEAD" : head;
    if (items.stream().anyMatch(Item::isWide)) {
      if (git.commit(base) != null) {
        acceptances.read(since, tip);
      }
      if (!message.isEmpty()) {
        acceptances.readMessage(Path.of(message).toAbsolutePath().toString());
      }
    }
    List<Item> judged = new ArrayList<>();
    for (Item item : items) {
      judged.add(item.isWide() ? item.accepted(acceptances.of(item)) : item);
    }
    return new Review(base, index ? "the index" : head, judged);
  }

  // Where the change went on from the base. Without it, what others did meanwhile would be a part.
  private static String since(GitRepository git, String base, String head)
      throws UsageError, IOException {
    String commit = git.commit(base);
    if (commit == null) {
      // A tree, such as the empty one before a first commit.
      return base;
    }
    String tip = git.commit(head);
    String since = tip == null ? null : git.mergeBase(commit, tip);
    if (since == null) {
      throw new IOException(
          "git has no commit from which "
              + base
              + " and "
              + head
              + " went on"
              + (git.isShallow() ? "; this clone is shallow: run `git fetch --unshallow`" : ""));
    }
    return since;
  }

  private static boolean isWithin(String path, String directory) {
    return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
  }

  private static String inside(String path, GitRepository git) throws UsageError, IOException {
    String inside = path.startsWith("/") ? null : GitTree.inside(git.prefix() + path);
    if (inside == null) {
      throw new UsageError("`" + path + "` is no path in the repository");
    }
    return inside;
  }

  private static List<String> paths(
      List<String> paths, GitRepository git, GitTree before, GitTree after)
      throws UsageError, IOException {
    List<String> found = new ArrayList<>();
    for (String path : paths) {
      String inside = inside(path, git);
      if (!has(before, inside) && !has(after, inside)) {
        throw new UsageError("`" + path + "` is in neither of the two");
      }
      found.add(inside);
    }
    return found;
  }

  private static boolean has(GitTree tree, @Nullable String path) {
    return path != null && tree.files().keySet().stream().anyMatch(one -> isWithin(one, path));
  }
}
