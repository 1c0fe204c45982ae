/**
 * From syntax to the checked IR: {@link dev.broot.ir.SpecCompiler} loads what a spec is based on
 * and includes, resolves names, and checks meaning.
 *
 * <p>Imports the rooms {@code diagnostic} and {@code syntax}. To hold a {@link dev.broot.ir.Spec}
 * is to know that it was valid. Read {@link dev.broot.ir.Spec} first.
 */
@NullMarked
package dev.broot.ir;

import org.jspecify.annotations.NullMarked;
