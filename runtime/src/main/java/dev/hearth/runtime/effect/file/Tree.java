package dev.hearth.runtime.effect.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;

/** Deletes what is in open folders; a link is deleted and never followed. */
final class Tree {
  private Tree() {}

  static void deleteOne(Folder folder, String name) throws IOException {
    if (folder.stat(name).isDirectory()) {
      folder.deleteFolder(name);
    } else {
      folder.deleteFile(name);
    }
  }

  static void deleteAll(Folder folder, String name) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    if (folder.stat(name).isDirectory()) {
      try (var inside = folder.child(name)) {
        for (var entry : inside.names()) {
          deleteIfThere(inside, entry);
        }
      }
    }
    deleteOne(folder, name);
  }

  private static void deleteIfThere(Folder folder, String name) throws IOException {
    try {
      deleteAll(folder, name);
    } catch (NoSuchFileException deletedMeanwhile) {
      // As was asked for.
    }
  }
}
