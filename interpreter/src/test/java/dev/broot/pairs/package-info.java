/**
 * The pair machine: makes pairs of specs, runs both sides in real sandboxes, tries everything from
 * inside, and asks whether broot had said what the new one can do and the old one cannot. Start
 * with {@link dev.broot.pairs.Machine}; {@code bin/pairs N} calls {@link dev.broot.pairs.Pairs}.
 *
 * <p>Nothing here looks into broot: it is asked by its command line alone, in this process.
 */
@NullMarked
package dev.broot.pairs;

import org.jspecify.annotations.NullMarked;
