/** Tests of the parser. */
@NullMarked
package dev.broot.syntax;

import org.jspecify.annotations.NullMarked;
