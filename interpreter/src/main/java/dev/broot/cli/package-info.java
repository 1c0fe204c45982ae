/**
 * The command line: {@link dev.broot.cli.Main} takes streams and arguments and returns the status.
 * Holds no logic of the other rooms. Read {@link dev.broot.cli.Main} first.
 */
@NullMarked
package dev.broot.cli;

import org.jspecify.annotations.NullMarked;
