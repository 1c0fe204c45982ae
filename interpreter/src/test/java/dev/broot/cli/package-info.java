/** Tests of the commands, in this JVM. */
@NullMarked
package dev.broot.cli;

import org.jspecify.annotations.NullMarked;
