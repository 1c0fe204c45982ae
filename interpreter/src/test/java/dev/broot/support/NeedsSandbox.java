package dev.broot.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that runs real bubblewrap, which needs root or user namespaces; never skipped in CI. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSandbox.Condition.class)
public @interface NeedsSandbox {
  /** Skips the test where bubblewrap cannot make a sandbox. */
  final class Condition implements ExecutionCondition {
    private static final String REASON = "needs root or user namespaces, to run bubblewrap";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Host.skipsNothing() || Works.RESULT) {
        return ConditionEvaluationResult.enabled("bubblewrap is to work here");
      }
      Host.tell(REASON);
      return ConditionEvaluationResult.disabled(REASON);
    }
  }

  /** Whether it works, asked once. */
  final class Works {
    static final boolean RESULT = ask();

    private Works() {}

    private static boolean ask() {
      try {
        return Run.run("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true").status() == 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
