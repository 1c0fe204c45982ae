import dev.broot.run.BuildRoot;
import dev.broot.run.CheckedSpec;
import dev.broot.run.Run;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;

/** The library in a warm JVM: for each line of input a root is entered, true runs, and it is closed. */
public final class Cycle {
  public static void main(String[] args) throws Exception {
    CheckedSpec spec = BuildRoot.compile(Path.of(args[0]), Map.of());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    while (in.readLine() != null) {
      try (BuildRoot root = BuildRoot.enter(spec)) {
        System.out.println(root.run(Run.of("true")).status());
      }
      System.out.println("done");
    }
  }
}
