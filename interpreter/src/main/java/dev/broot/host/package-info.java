/**
 * The machine, asked one way: which directories are to be trusted, where entries of runs lie, how
 * what is ours is written and removed. What the scripts decide in their parts is decided here with
 * the same outcome; one table of cases holds both to it.
 *
 * <p>Imports the room {@code shipped}. Read {@link dev.broot.host.Trust} first.
 */
@NullMarked
package dev.broot.host;

import org.jspecify.annotations.NullMarked;
