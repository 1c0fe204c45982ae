/**
 * From the plan to a POSIX shell script that runs it without broot and without Java.
 *
 * <p>Imports the rooms {@code plan}, {@code ir} and {@code diagnostic}. Read {@link
 * dev.broot.script.ScriptWriter} first.
 */
@NullMarked
package dev.broot.script;

import org.jspecify.annotations.NullMarked;
