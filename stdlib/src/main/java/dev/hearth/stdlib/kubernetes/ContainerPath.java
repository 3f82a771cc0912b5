package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;

/**
 * A path in a container, in two parts as {@code tar} takes it.
 *
 * @param folder around it
 * @param name of it, which is one name
 */
record ContainerPath(String folder, String name) {
  static ContainerPath of(String text) {
    var bare = text.replaceAll("/+$", "");
    int slash = bare.lastIndexOf('/');
    var name = bare.substring(slash + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..") || text.indexOf('\0') >= 0) {
      throw new HearthException(PodError.COPY_PATH, ApiPath.shown(text));
    }
    var folder = slash < 0 ? "." : slash == 0 ? "/" : bare.substring(0, slash);
    return new ContainerPath(folder.startsWith("-") ? "./" + folder : folder, name);
  }

  /** The name as a word that is no option. */
  String member() {
    return name.startsWith("-") ? "./" + name : name;
  }

  /** As messages call it. */
  String text() {
    return ApiPath.shown(folder.equals("/") ? "/" + name : folder + "/" + name);
  }
}
