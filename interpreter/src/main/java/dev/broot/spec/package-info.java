/**
 * The model, and nothing but records: what a valid spec says ({@link dev.broot.spec.Spec}), with
 * its mounts, settings, values and places.
 *
 * <p>Imports the room {@code diagnostic} (places). Read {@link dev.broot.spec.Spec} first.
 */
@NullMarked
package dev.broot.spec;

import org.jspecify.annotations.NullMarked;
