package dev.hearth.stdlib.archive;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which using archives fails on purpose. The first argument is mostly the archive. */
enum ArchiveError implements ErrorCode {
  /** Arguments: the name. */
  NO_FORMAT(
      "The name `%s` does not say what kind of archive it is.",
      "End it with `.tar`, `.tar.gz`, `.tar.zst`, `.zip`, `.gz` or `.zst`, or pass `format`."),
  NO_ARCHIVE(
      "`%s` is no archive that can be read.",
      "Check the file: tar, zip, gzip and zstd are known by what they begin with."),
  /** Arguments: the archive, what it is or has. */
  UNSUPPORTED(
      "`%s` is or has %s, which cannot be read.",
      "Unpack it with a program that can, by `hearth:shell`."),
  DAMAGED(
      "`%s` is damaged: it was cut off, or changed.",
      "Get it again, and compare its checksum with `hash.verify`."),
  /** Arguments: the archive, the entry. */
  LEADS_OUTSIDE(
      "In `%s` the entry `%s` leads out of the folder it is unpacked to.",
      "Do not trust this archive; look at what is in it with `archive.list`."),
  /** Arguments: the archive, the entry, what it leads to. */
  LINK_OUTSIDE(
      "In `%s` the link `%s` leads to `%s`, which may be outside of the folder it is unpacked to.",
      "Look at the archive with `archive.list`; unpack it without links with `links: false`."),
  /** Arguments: the archive, the entry, what it stands behind. */
  BEHIND_OTHER(
      "In `%s` the entry `%s` stands below `%s`, which is no folder.",
      "Do not trust this archive; look at what is in it with `archive.list`."),
  /** Arguments: the archive, the entry. */
  BAD_NAME(
      "In `%s` an entry is named `%s`, which is no name for a file.",
      "Do not trust this archive; look at what is in it with `archive.list`."),
  /** Arguments: the archive, the entry. */
  TWICE(
      "In `%s` the entry `%s` comes twice.",
      "Look at the archive with `archive.list`: programs do not agree which one counts."),
  /** Arguments: the archive, the entry. */
  SPECIAL(
      "In `%s` the entry `%s` is neither a file nor a folder nor a link.",
      "Name what you want of the archive with `only`."),
  /** Arguments: the path. */
  EXISTS("`%s` already exists.", "Pass `{ overwrite: true }` to replace it."),
  /** Arguments: the path. */
  IN_THE_WAY(
      "`%s` is something else than the archive has for it.",
      "Remove it, or unpack to another folder: a folder and a file do not replace each other."),
  /** Arguments: the archive, the limit. */
  TOO_MANY_ENTRIES(
      "`%s` has more than %d entries.",
      "Look at where it comes from; if that is meant, pass a larger `maxEntries`."),
  /** Arguments: the archive, the limit. */
  TOO_MANY_BYTES(
      "`%s` holds more than %d bytes.",
      "Look at where it comes from; if that is meant, pass a larger `maxBytes`."),
  /** Arguments: the archive, the limit. */
  TOO_DENSE(
      "`%s` becomes more than %d times as large as it is, as archives do that fill disks.",
      "Look at where it comes from; if that is meant, pass a larger `maxRatio`."),
  /** Arguments: the archive, the entry. */
  NO_ENTRY("`%s` has no entry `%s`.", "List what it has with `archive.list`."),
  /** Arguments: the archive, the entry. */
  NOT_A_FILE("In `%s` the entry `%s` is no file.", "List what it has with `archive.list`."),
  /** Arguments: what was to be packed. */
  NOT_BELOW(
      "`%s` is no path from the folder that is packed on.",
      "Name what is to be packed without `..` and from `cwd` on."),
  /** Arguments: the archive. */
  ONE_FILE(
      "`%s` can hold one file and nothing else.",
      "Name a single file, or choose a format for many, such as `.tar.gz`."),
  /** Arguments: the file. */
  CHANGED("`%s` became shorter while it was packed.", "Pack it again when nothing writes to it."),
  /** Arguments: the folder. */
  TOO_DEEP("`%s` stands below more folders than are packed.", "Pack a part of it."),
  /** Arguments: the format. */
  NOT_FOR_BYTES("Bytes cannot be compressed as `%s`.", "Choose `'gz'` or `'zst'`."),
  /** Arguments: the limit's name. */
  NO_LIMIT("`%s` takes a whole number from 1 on.", "Give a number, such as `10 * 2 ** 30`."),
  /** Arguments: none. */
  NO_LEVEL("`level` takes a whole number from 1 to 9.", "Leave it out for the usual 6.");

  private final ErrorText text;

  ArchiveError(String message, String hint) {
    text = ErrorText.of("archive", name(), ErrorKind.RECIPE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
