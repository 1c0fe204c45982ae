package dev.broot.permission;

import dev.broot.spec.Setting;

/**
 * Something about the host that nobody knows when a spec is compiled; paths are {@link PathKey}.
 */
sealed interface HostFact {
  /** Whether there is something at a path. */
  record Exists(String path) implements HostFact {}

  /** Whether a path is a directory and no symlink. */
  record IsDirectory(String path) implements HostFact {}

  /** Whether a path belongs to the caller. */
  record IsOwned(String path) implements HostFact {}

  /** Whether a path is an empty directory. */
  record IsEmpty(String path) implements HostFact {}

  /** Whether there is something at a path that is hidden or protected where it is there. */
  record Masked(String path) implements HostFact {}

  /** Whether a well-known name is the symlink that it is on many hosts. */
  record Leads(String name) implements HostFact {}

  /** Whether a namespace that the caller passes is the one in which he is himself. */
  record IsCallers(Setting.Kind passed) implements HostFact {}

  /** Whether a number that is known at the run only makes the program root in its namespace. */
  record IsRoot(String number) implements HostFact {}

  /** Whether the caller does not have a variable. */
  record IsMissing(String variable) implements HostFact {}

  /** Whether root runs it. */
  record RunByRoot() implements HostFact {}

  /** Whether bubblewrap follows the symlinks of a sandbox that it makes in that sandbox. */
  record StaysInside() implements HostFact {}

  /** Whether modes keep nothing from the program. */
  record IgnoresModes() implements HostFact {}

  /** Whether an ordinary user who runs it has root's group. */
  record HasRootsGroup() implements HostFact {}

  /** Whether the kernel makes user namespaces. */
  record HasUserNamespaces() implements HostFact {}
}
