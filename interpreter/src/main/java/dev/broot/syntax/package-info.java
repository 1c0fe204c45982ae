/**
 * From text to syntax: {@link dev.broot.syntax.SpecParser} turns a file into statements with spans.
 *
 * <p>The only room that touches ANTLR's types; imports the room {@code diagnostic} and the
 * generated parser. Nothing is resolved here. Read {@link dev.broot.syntax.Statement} first.
 */
@NullMarked
package dev.broot.syntax;

import org.jspecify.annotations.NullMarked;
