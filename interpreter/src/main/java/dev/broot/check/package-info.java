/**
 * From syntax to a checked spec: {@link dev.broot.check.SpecCompiler} loads what a spec is based on
 * and includes, resolves names, and checks meaning. Nobody else makes a {@link
 * dev.broot.spec.Spec}.
 *
 * <p>Imports the rooms {@code syntax}, {@code permission} (which grants are dangerous), {@code
 * spec} and {@code shipped}. Read {@link dev.broot.check.SpecCompiler} first.
 */
@NullMarked
package dev.broot.check;

import org.jspecify.annotations.NullMarked;
