package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Terraform knows of a module: its tests, its graph, its providers. */
final class InspectOps {
  private final TerraformProgram program;
  private final ModuleOps modules;
  private final ValueFiles values;

  InspectOps(TerraformProgram program, ModuleOps modules, OpContext context) {
    this.program = program;
    this.modules = modules;
    this.values = new ValueFiles(modules, context);
  }

  /**
   * The tests to run.
   *
   * @param files paths in the module; null for all
   */
  record Tests(
      Root root,
      @Nullable List<String> files,
      @Nullable Map<String, JsonNode> variables,
      @Nullable Duration timeout) {}

  /** Tests make what they need for real, and take it away again. */
  @Op(writes = true)
  TestResult test(Tests request) {
    var words = new ArrayList<>(List.of("test", "-json"));
    for (var file : request.files() == null ? List.<String>of() : request.files()) {
      if (file.isEmpty() || file.startsWith("-") || file.indexOf('\0') >= 0) {
        throw new HearthException(
            TerraformError.OPTION_VALUE,
            "`" + VisibleText.of(file) + "`",
            "it is no file of tests");
      }
      words.add("-filter=" + file);
    }
    var root = request.root();
    return values.with(
        root,
        request.variables(),
        given -> {
          words.add(given.option());
          var work =
              root.work(modules, "test", words).hiding(given.hidden()).timeout(request.timeout());
          return TestResult.of(program.logEndingWith("test_summary", work));
        });
  }

  record In(Root root) {}

  @Op
  Graph graph(In request) {
    var work = request.root().work(modules, "draw the graph of", List.of("graph"));
    return Graph.read(program.text(work)).orElseThrow(() -> TerraformProgram.noAnswer(work));
  }

  /** A provider that the module's lock file names. */
  record Provider(String source, String version) {}

  @Op
  List<Provider> providers(In request) {
    var work = request.root().work(modules, "read the providers of", List.of("version", "-json"));
    var providers = new ArrayList<Provider>();
    program
        .json(work)
        .path("provider_selections")
        .properties()
        .forEach(each -> providers.add(new Provider(each.getKey(), each.getValue().asText())));
    return providers;
  }
}
