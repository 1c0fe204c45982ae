package dev.broot.permission;

/** What a program can do with an object of the host that it finds; the worst first. */
public enum Use {
  /** Write it. */
  WRITE,
  /** Write what is mounted in it on the host, if there is something: remount-ro leaves that. */
  WRITE_BELOW,
  /** Use the device nodes in it. */
  DEVICES,
  /** Use device nodes in what is mounted in it on the host. */
  DEVICES_BELOW,
  /** Read it, list it, and connect to a socket that it is. */
  READ
}
