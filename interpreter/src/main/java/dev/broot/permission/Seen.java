package dev.broot.permission;

import dev.broot.spec.Provenance;

/**
 * Something that the program finds in its file system.
 *
 * @param at where, through the sandbox's symlinks, as people write it
 * @param thing what it is
 * @param writable whether what is there can be written
 * @param devices whether device nodes there can be used
 * @param certain whether it is there on every host
 * @param provenance the line that says it
 */
public record Seen(
    String at,
    Thing thing,
    boolean writable,
    boolean devices,
    boolean certain,
    Provenance provenance) {}
