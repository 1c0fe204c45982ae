/** What tests of several rooms use. */
@NullMarked
package dev.broot.support;

import org.jspecify.annotations.NullMarked;
