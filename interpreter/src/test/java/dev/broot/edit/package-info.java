/** Tests of the language server. */
@NullMarked
package dev.broot.edit;

import org.jspecify.annotations.NullMarked;
