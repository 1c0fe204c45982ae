/**
 * bubblewrap's dialect: the only room that knows how its options are spelt. {@link
 * dev.broot.bwrap.BwrapOption} is the table of options, {@link dev.broot.bwrap.CommandLine} says a
 * sandbox in them, {@link dev.broot.bwrap.PlanText} and {@link dev.broot.bwrap.PlanJson} print a
 * plan.
 *
 * <p>Imports the rooms {@code plan}, {@code spec} and {@code diagnostic}. Read {@link
 * dev.broot.bwrap.CommandLine} first.
 */
@NullMarked
package dev.broot.bwrap;

import org.jspecify.annotations.NullMarked;
