package dev.hearth.runtime.engine;

import java.nio.file.Path;

/**
 * Who the modules of a run act as, where it loads libraries with grants of their own. One file can
 * be several modules: what a library imports acts with no more than that library may do.
 */
public interface Principals {
  /** The recipe and its own files. */
  int RECIPE = 0;

  /** Code that is imported while others run: nobody can tell whose it is, and it may do nothing. */
  int NOBODY = -1;

  /**
   * What modules of all principals share, such as the global {@code fetch}: who calls it is not
   * known, and it may do nothing.
   */
  int SHARED = -2;

  /**
   * Who a file is to one who imports it.
   *
   * @param importer {@link #RECIPE}, {@link #NOBODY} or what this returned before
   * @param real the file's real path
   */
  int of(int importer, Path real);
}
