/** Tests of all rooms. */
@NullMarked
package dev.broot;

import org.jspecify.annotations.NullMarked;
