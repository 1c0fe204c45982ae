/**
 * What a sandbox permits: the model, what differs between two, and whether assertions hold. {@code
 * docs/permissions.md} tells it in words.
 */
@NullMarked
package dev.broot.permission;

import org.jspecify.annotations.NullMarked;
