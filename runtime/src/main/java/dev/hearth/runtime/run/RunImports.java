package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.engine.ModuleSource;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that one run imports: what each of them holds is written down when it is first read,
 * and is the same whenever it is read again, in whatever process. So a recipe that goes through its
 * run again meets the code that it met then, also where it computes what it imports.
 */
final class RunImports implements ModuleSource {
  private final ModuleSource files;
  private final Journal journal;
  private final Path from;
  private final Map<String, String> known;

  /**
   * The imports of a run.
   *
   * @param known what was imported already, as {@link RunRecord#imports}
   * @param from the folder that messages name files from
   */
  RunImports(ModuleSource files, Journal journal, Map<String, String> known, Path from) {
    this.files = files;
    this.journal = journal;
    this.known = new ConcurrentHashMap<>(known);
    this.from = from;
  }

  @Override
  public byte[] read(Path real) throws IOException {
    var content = files.read(real);
    var hash = Imprint.sha256(content);
    var before = known.putIfAbsent(journal.mask(real.toString()), hash);
    if (before == null) {
      journal.imported(real, hash);
    } else if (!before.equals(hash)) {
      var shown = real.startsWith(from) ? from.relativize(real) : real;
      throw new HearthException(
          RunError.IMPORT_CHANGED, "`" + VisibleText.of(shown) + "` has changed", journal.run());
    }
    return content;
  }

  @Override
  public byte[] readToExplain(Path real) throws IOException {
    return files.readToExplain(real);
  }
}
