/**
 * Source text and what is wrong with it: files, spans, diagnostics and the ways to print them.
 *
 * <p>Imports no other room of broot. Read {@link dev.broot.diagnostic.Diagnostic} first.
 */
@NullMarked
package dev.broot.diagnostic;

import org.jspecify.annotations.NullMarked;
