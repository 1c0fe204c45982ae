package dev.broot.permission;

import org.jspecify.annotations.Nullable;

/**
 * A way around an {@code expect deny}.
 *
 * @param text what the program can do
 * @param by what makes it so, or null
 * @param hint what to do about it, or null
 */
record Way(String text, @Nullable Standing by, @Nullable String hint) {
  Way(String text, @Nullable Standing by) {
    this(text, by, null);
  }
}
