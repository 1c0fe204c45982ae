/**
 * broot for programs that embed it: {@link dev.broot.run.BuildRoot} sets a root up in this process
 * and runs programs in it, many times, without a shell.
 *
 * <pre>{@code
 * CheckedSpec spec = BuildRoot.compile(Path.of("stage.broot"), Map.of("tree", "/srv/tree"));
 * try (BuildRoot root = BuildRoot.enter(spec)) {
 *   Result result = root.run(Run.of("--help").bind(Path.of("/srv/out"), "/out").capture());
 *   System.out.println(result.output());
 * }
 * }</pre>
 */
@NullMarked
package dev.broot.run;

import org.jspecify.annotations.NullMarked;
