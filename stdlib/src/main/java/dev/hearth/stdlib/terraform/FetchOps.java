package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.ProgramFolder;
import dev.hearth.stdlib.terraform.TerraformProgram.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Modules that stand elsewhere. Terraform itself fetches them, as {@code init} would, with the
 * user's credentials, mirrors and settings; they are read in a folder that no recipe can reach, and
 * that is gone afterwards. Links in them are not followed.
 */
final class FetchOps {
  private static final String NAME = "fetched";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final TerraformProgram program;
  private final OpContext context;
  private final Files files;

  FetchOps(TerraformProgram program, OpContext context) {
    this.program = program;
    this.context = context;
    this.files = context.effects().files();
  }

  record Fetch(String source, @Nullable String version, @Nullable Duration timeout) {}

  /**
   * What came.
   *
   * @param version of a registry's
   * @param commit of a repository of git
   */
  record Fetched(
      String source,
      @Nullable String version,
      @Nullable String commit,
      List<ModuleSearch.FoundModule> modules) {}

  @Op(writes = true)
  Fetched fetchModules(Fetch request) {
    var source = new ModuleSource(request.source(), request.version());
    var own =
        context
            .programs()
            .orElseThrow(() -> new IllegalStateException("Hearth has no folders here."));
    return inPrivate(own, place -> fetched(source, request.timeout(), place));
  }

  private <T> T inPrivate(ProgramFolder own, Function<Path, T> work) {
    own.make();
    var place = files.realPath(files.makeTemporaryFolder(own.path(), "modules-"));
    try {
      return work.apply(place);
    } finally {
      files.deleteTreeThoughInterrupted(place);
    }
  }

  private Fetched fetched(ModuleSource source, @Nullable Duration timeout, Path place) {
    var block = JsonNodeFactory.instance.objectNode().put("source", source.source());
    if (source.version() != null) {
      block.put("version", source.version());
    }
    var module = JsonNodeFactory.instance.objectNode();
    module.putObject("module").set(NAME, block);
    files.write(place.resolve("main.tf.json"), module.toString().getBytes(UTF_8), FileMode.PRIVATE);
    var data = place.resolve(".terraform");
    var work =
        new Work(
                "fetch",
                place,
                List.of("get"),
                Map.of("TF_DATA_DIR", data.toString(), "GIT_TERMINAL_PROMPT", "0"))
            .showing(source.shown())
            .timeout(timeout);
    program.text(work);
    var said = manifest(data, work);
    var folder = folder(place, said.path("Dir").asText(), work);
    var found = new ModuleSearch(ModuleOps.ofFetched(files, context.person()), files, folder).all();
    return new Fetched(
        source.source(),
        said.path("Version").isTextual() ? said.path("Version").asText() : null,
        commit(data.resolve("modules").resolve(NAME).resolve(".git")),
        found.stream().map(each -> each.from(source.below(each.path()))).toList());
  }

  private JsonNode manifest(Path data, Work work) {
    var text = files.readText(data.resolve("modules").resolve("modules.json"));
    var modules = UiLog.message(text).map(said -> said.path("Modules"));
    return modules.stream()
        .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
        .filter(each -> each.path("Key").asText().equals(NAME))
        .findFirst()
        .orElseThrow(() -> TerraformProgram.noAnswer(work));
  }

  /** Where it was put, which has to be here, and not what a link of it leads to. */
  private Path folder(Path place, String said, Work work) {
    var folder = place.resolve(said).normalize();
    if (said.isEmpty() || !folder.startsWith(place) || !files.realPath(folder).equals(folder)) {
      throw new HearthException(TerraformError.LEADS_OUTSIDE, work.shown());
    }
    return folder;
  }

  /** Terraform leaves the repository as git made it: its head is a commit, or a branch's name. */
  private @Nullable String commit(Path repository) {
    var head = line(repository.resolve("HEAD"));
    var commit =
        head.startsWith("ref: refs/heads/") && !head.contains("..")
            ? line(repository.resolve(head.substring("ref: ".length())))
            : head;
    return COMMIT.matcher(commit).matches() ? commit : null;
  }

  private String line(Path file) {
    return files.statLink(file).filter(stat -> stat.type() == FileStat.Type.FILE).isPresent()
        ? files.readText(file).strip()
        : "";
  }
}
