package dev.broot.syntax;

import dev.broot.diagnostic.Span;

/**
 * A bare word that names something: a capability, a variable, a parameter.
 *
 * @param text the word
 * @param span where it stands
 */
public record Name(String text, Span span) {}
