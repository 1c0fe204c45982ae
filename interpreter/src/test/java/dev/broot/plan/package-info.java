/** Tests of plans. */
@NullMarked
package dev.broot.plan;

import org.jspecify.annotations.NullMarked;
