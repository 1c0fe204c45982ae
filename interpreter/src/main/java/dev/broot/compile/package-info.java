/**
 * The one gate: a request and sources go in, a {@link dev.broot.compile.Compiled} comes out, with a
 * valid spec and its plan, or with the reasons why there is none. Nobody else links, checks, plans
 * and judges.
 *
 * <p>Imports the rooms {@code check}, {@code permission}, {@code bwrap}, {@code plan} and {@code
 * spec}. Read {@link dev.broot.compile.Gate} first.
 */
@NullMarked
package dev.broot.compile;

import org.jspecify.annotations.NullMarked;
