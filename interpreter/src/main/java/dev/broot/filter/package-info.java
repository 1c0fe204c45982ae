/**
 * System calls by name, compiled by libseccomp to what bubblewrap hands to the kernel. Native code
 * is loaded for a spec that names some, and for no other.
 *
 * <p>Imports the room {@code spec}. Read {@link dev.broot.filter.Filter} first.
 */
@NullMarked
package dev.broot.filter;

import org.jspecify.annotations.NullMarked;
