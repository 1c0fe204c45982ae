/**
 * From bubblewrap's command lines to specs, and back. Read {@link dev.broot.translate.Import}
 * first.
 */
@NullMarked
package dev.broot.translate;

import org.jspecify.annotations.NullMarked;
