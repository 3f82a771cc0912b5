package dev.hearth.runtime.effect.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A variable that a child and all that it starts inherit, so that they are found when their parents
 * are gone. A process that clears its environment and leaves its parent is not found, and neither
 * is one of another user; without procfs only those are found that still have their parents.
 */
record Mark(String id) {
  /** Holds the marks of all Hearths above a process, separated by colons. */
  static final String VARIABLE = "HEARTH_PROCESS";

  private static final Path PROCESSES = Path.of("/proc");

  static Mark fresh() {
    return new Mark(UUID.randomUUID().toString());
  }

  /** The variable's value for a child of this program, which may be a child of another Hearth. */
  String value() {
    var above = System.getenv(VARIABLE);
    return above == null ? id : above + ":" + id;
  }

  /** All living processes that have this mark. */
  List<ProcessHandle> processes() {
    var marked = new ArrayList<ProcessHandle>();
    if (!Files.isDirectory(PROCESSES)) {
      return marked;
    }
    try (var entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (var entry : entries) {
        // The handle before its environment: a number used again would be another handle.
        ProcessHandle.of(Long.parseLong(String.valueOf(entry.getFileName())))
            .filter(process -> isIn(entry.resolve("environ")))
            .ifPresent(marked::add);
      }
    } catch (IOException | DirectoryIteratorException noProcfs) {
      return marked;
    }
    return marked;
  }

  private boolean isIn(Path environment) {
    try (var input = new FileInputStream(environment.toFile())) {
      return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1).contains(id);
    } catch (IOException endedOrSomebodyElses) {
      return false;
    }
  }
}
