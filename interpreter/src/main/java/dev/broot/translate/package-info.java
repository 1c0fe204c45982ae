/** From bubblewrap's command lines to specs, and back. */
@NullMarked
package dev.broot.translate;

import org.jspecify.annotations.NullMarked;
