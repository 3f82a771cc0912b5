package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.Files;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The archive of a release. Of all that is in it the program alone is taken, as a plain file: so no
 * entry's name, link or mode matters.
 */
final class ProgramArchive {
  private static final long LARGEST_PROGRAM = 1L << 30;
  private static final int MOST_ENTRIES = 100;
  private static final FileMode PROGRAM = new FileMode(0700);

  private final Files files;
  private final Path archive;
  private final String address;

  /** An archive that came from an address. */
  ProgramArchive(Files files, Path archive, String address) {
    this.files = files;
    this.archive = archive;
    this.address = address;
  }

  /** Puts the program into a file that is not there yet. */
  void unpack(String program, Path target) {
    try (var zip = new ZipInputStream(files.open(archive))) {
      boolean isThere = false;
      int count = 0;
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++count > MOST_ENTRIES) {
          throw wrong(program, "it has more than " + MOST_ENTRIES + " entries");
        }
        if (entry.getName().equals(program)) {
          if (isThere) {
            throw wrong(program, "it has it twice");
          }
          isThere = true;
          try (var output = files.create(target)) {
            copy(zip, output, program);
          }
        }
      }
      if (!isThere) {
        throw wrong(program, "it is not in there");
      }
      files.setMode(target, PROGRAM);
    } catch (ZipException | EOFException e) {
      throw wrong(program, "it is damaged").causedBy(e);
    } catch (IOException e) {
      throw wrong(program, "it cannot be read or written: " + e.getMessage()).causedBy(e);
    }
  }

  private void copy(InputStream source, OutputStream target, String program) throws IOException {
    var chunk = new byte[1 << 16];
    long size = 0;
    for (int length = source.read(chunk); length >= 0; length = source.read(chunk)) {
      size += length;
      if (size > LARGEST_PROGRAM) {
        throw wrong(program, "it has more than " + (LARGEST_PROGRAM >> 20) + " MiB");
      }
      target.write(chunk, 0, length);
    }
    if (size == 0) {
      throw wrong(program, "it is empty");
    }
  }

  private HearthException wrong(String program, String what) {
    return new HearthException(InstallError.ARCHIVE_WRONG, address, program, what);
  }
}
