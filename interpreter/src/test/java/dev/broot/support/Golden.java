package dev.broot.support;

import java.io.File;
import java.nio.file.Path;
import org.approvaltests.Approvals;
import org.approvaltests.approvers.FileApprover;
import org.approvaltests.core.Options;
import org.approvaltests.namer.ApprovalNamer;
import org.approvaltests.reporters.QuietReporter;

/**
 * Approval tests whose files lie under {@code golden/}. A failure leaves {@code NAME.received.txt}
 * beside the golden file; to accept it, move it over that.
 */
public final class Golden {
  /** The repository. */
  public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  static {
    // PIT runs a test many times in one JVM: a second look at a file is no mistake, and would count
    // as a mutation that was noticed.
    FileApprover.tracker.addAllowedDuplicates(file -> true);
  }

  private Golden() {}

  /** Compares a text with {@code golden/NAME}. */
  public static void verify(String name, String text) {
    Approvals.verify(
        text, new Options(QuietReporter.INSTANCE).forFile().withNamer(new AtPath(name)));
  }

  private record AtPath(String name) implements ApprovalNamer {
    @Override
    public File getApprovedFile(String extension) {
      return HOME.resolve("golden").resolve(name).toFile();
    }

    @Override
    public File getReceivedFile(String extension) {
      return HOME.resolve("golden").resolve(name + ".received.txt").toFile();
    }

    @Override
    public ApprovalNamer addAdditionalInformation(String info) {
      return this;
    }

    @Override
    public String getApprovalName() {
      return name;
    }

    @Override
    public String getSourceFilePath() {
      return HOME + "/golden/";
    }

    @Override
    public String getAdditionalInformation() {
      return "";
    }
  }
}
