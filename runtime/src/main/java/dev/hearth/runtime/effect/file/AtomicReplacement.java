package dev.hearth.runtime.effect.file;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileReplacement;
import dev.hearth.runtime.permission.VisibleText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A file beside the one that it replaces, in the same folder, so that renaming it is atomic. */
final class AtomicReplacement implements FileReplacement {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(FileMode.PRIVATE.permissions());

  private final Path asked;
  private final Place place;
  private final String temporary = ".hearth-" + UUID.randomUUID();
  private final Optional<FileMode> mode;
  private final FileChannel channel;
  private final OutputStream output;
  private boolean open = true;

  private AtomicReplacement(Path asked, Place place, Optional<FileMode> mode) throws IOException {
    this.asked = asked;
    this.place = place;
    this.mode = mode;
    // Content that will be private is never readable by others, not even on its way.
    var attributes = mode.isPresent() ? new FileAttribute<?>[] {PRIVATE} : new FileAttribute<?>[0];
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel = place.folder().open(temporary, options, attributes);
    output = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /**
   * Begins to replace what stands at {@code place}, which it closes in the end.
   *
   * @param mode empty: the mode of the file that is replaced, or what the umask gives a new one
   */
  static AtomicReplacement begin(Path asked, Place place, Optional<FileMode> mode)
      throws IOException {
    try {
      return new AtomicReplacement(asked, place, mode.or(() -> existing(asked, place)));
    } catch (IOException | RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private static Optional<FileMode> existing(Path asked, Place place) {
    try {
      var stat = place.folder().stat(place.name());
      if (stat.isDirectory()) {
        throw new HearthException(FileError.NOT_A_FILE, VisibleText.of(asked));
      }
      return stat.isRegularFile() ? Optional.of(FileMode.of(stat.permissions())) : Optional.empty();
    } catch (NoSuchFileException nothingToReplace) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailure.of(asked, e);
    }
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void commit() {
    try {
      output.flush();
      if (mode.isPresent()) {
        place.folder().setMode(temporary, mode.get());
      }
      channel.force(true);
      channel.close();
      place.folder().rename(temporary, place.folder(), place.name());
      place.folder().force();
      open = false;
      place.close();
    } catch (IOException e) {
      throw FileFailure.of(asked, e);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try (place) {
      channel.close();
      place.folder().deleteFile(temporary);
    } catch (NoSuchFileException committed) {
      // The rename happened and what came after it failed, which was told then.
    } catch (IOException e) {
      throw FileFailure.of(asked, e);
    }
  }
}
