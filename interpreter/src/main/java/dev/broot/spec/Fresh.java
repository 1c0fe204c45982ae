package dev.broot.spec;

/** What bubblewrap mounts or makes by itself. */
public enum Fresh {
  /** An empty tmpfs. */
  TMPFS,
  /** An empty directory. */
  DIR,
  /** A procfs of the sandbox's own PID namespace. */
  PROC,
  /** bubblewrap's minimal /dev. */
  DEV,
  /** A file system of POSIX message queues. */
  MQUEUE
}
