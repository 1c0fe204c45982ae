/**
 * What an editor asks about specs, by the Language Server Protocol: mistakes with their fixes, what
 * a line means, what could stand there, and where a name comes from. It knows what the compiler
 * knows; texts that are open in the editor are read from there.
 *
 * <p>Imports the rooms {@code compile}, {@code check}, {@code permission}, {@code bwrap}, {@code
 * plan}, {@code syntax} and {@code shipped}. Read {@link dev.broot.edit.Server} first.
 */
@NullMarked
package dev.broot.edit;

import org.jspecify.annotations.NullMarked;
