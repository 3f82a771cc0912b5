package dev.hearth.runtime.spi;

import java.util.Optional;

/**
 * What a binding keeps from one run to the next because it can be made again. It may be gone at any
 * time, so nothing may depend on it; no recipe can read or write it. Safe from any thread.
 */
public interface Cache {
  /** Keeps nothing, as where there are no folders of Hearth's own. */
  Cache NONE =
      new Cache() {
        @Override
        public Optional<String> read(String name) {
          return Optional.empty();
        }

        @Override
        public void keep(String name, String text) {}
      };

  /** What was kept under this name; empty when nothing was, or when it cannot be read. */
  Optional<String> read(String name);

  /**
   * Keeps a text in place of what was there. One that is too large is not kept, and when there are
   * too many the others go.
   *
   * @param name letters, digits, dots, hyphens and underscores
   */
  void keep(String name, String text);
}
