package dev.broot.support;

import dev.broot.plan.Host;
import org.jspecify.annotations.Nullable;

/** A host that is described: what a test does not say is not there, and all is the caller's. */
public interface BareHost extends Host {
  @Override
  default @Nullable String link(String path) {
    return null;
  }

  @Override
  default boolean isDirectory(String path) {
    return false;
  }

  @Override
  default boolean isEmptyDirectory(String path) {
    return false;
  }

  @Override
  default boolean isOwned(String path) {
    return true;
  }

  @Override
  default @Nullable String pythonModule(String module) {
    return null;
  }

  @Override
  default @Nullable String variable(String name) {
    return null;
  }
}
