/**
 * What ships in the jar beside classes: bases, the parts of scripts, a style sheet, the version.
 */
@NullMarked
package dev.broot.shipped;

import org.jspecify.annotations.NullMarked;
