package dev.broot.plan;

/**
 * What bubblewrap reads from a descriptor that broot opens.
 *
 * @param file whether it is a file of the host; else it is a text
 * @param content the path of the file, or the text
 */
public record Input(boolean file, Word content) {}
