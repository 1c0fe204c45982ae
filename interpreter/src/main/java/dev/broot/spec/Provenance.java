package dev.broot.spec;

import dev.broot.diagnostic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Where a node of the IR was said, and why.
 *
 * @param origin the line, through the include and base chain
 * @param because the reason that the line gives, or null
 * @param unsafe whether the line says {@code unsafe}
 */
public record Provenance(Origin origin, @Nullable String because, boolean unsafe) {}
