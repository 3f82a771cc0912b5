package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Objects;

/** Says what an {@link IOException} of the file system means for who asked. */
final class FileFailure {
  private FileFailure() {}

  static HearthException of(Path asked, IOException e) {
    var path = VisibleText.of(asked);
    return switch (e) {
      case LinkInTheWay _ -> new HearthException(FileError.LINK_IN_THE_WAY, path);
      case NoSuchFileException _ -> new HearthException(FileError.NOT_FOUND, path);
      case AccessDeniedException _ -> new HearthException(FileError.DENIED, path);
      case FileAlreadyExistsException _ -> new HearthException(FileError.ALREADY_EXISTS, path);
      case NotLinkException _ -> new HearthException(FileError.NOT_A_LINK, path);
      case NotDirectoryException _ -> new HearthException(FileError.NOT_A_FOLDER, path);
      case DirectoryNotEmptyException _ -> new HearthException(FileError.NOT_EMPTY, path);
      case AtomicMoveNotSupportedException _ ->
          new HearthException(FileError.OTHER_FILE_SYSTEM, path);
      case ClosedByInterruptException _ -> new HearthException(FileError.INTERRUPTED, path);
      case FileSystemException refused when refused.getReason() != null ->
          new HearthException(FileError.FAILED, path, refused.getReason());
      default ->
          new HearthException(
              FileError.FAILED,
              path,
              VisibleText.of(
                  Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())));
    };
  }
}
