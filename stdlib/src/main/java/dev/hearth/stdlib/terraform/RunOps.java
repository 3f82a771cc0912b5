package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.terraform.TerraformProgram.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What concerns a module as a whole: preparing it, checking it, what its state says. */
final class RunOps {
  private final TerraformProgram program;
  private final ModuleOps modules;
  private final ValueFiles values;

  RunOps(TerraformProgram program, ModuleOps modules, OpContext context) {
    this.program = program;
    this.modules = modules;
    this.values = new ValueFiles(modules, context);
  }

  /** Which program it is. */
  record Version(String version, String platform) {}

  @Op
  Version version() {
    var said =
        program.json(
            new Work("tell the version in", Path.of("."), List.of("version", "-json"), Map.of()));
    return new Version(said.path("terraform_version").asText(), said.path("platform").asText());
  }

  /**
   * How a module is prepared.
   *
   * @param backendConfig settings of the backend that the module leaves open
   */
  record Init(
      Root root,
      @Nullable Boolean upgrade,
      @Nullable Boolean reconfigure,
      @Nullable Boolean migrateState,
      @Nullable Map<String, JsonNode> backendConfig,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  List<Diagnostic> init(Init request) {
    var words = new ArrayList<>(List.of("init", "-json", "-input=false"));
    if (Boolean.TRUE.equals(request.upgrade())) {
      words.add("-upgrade");
    }
    if (Boolean.TRUE.equals(request.reconfigure())) {
      words.add("-reconfigure");
    }
    if (Boolean.TRUE.equals(request.migrateState())) {
      words.addAll(List.of("-migrate-state", "-force-copy"));
    }
    var root = request.root();
    var open = new LinkedHashMap<String, JsonNode>();
    if (root.backend() != null && !root.backend().isEmpty()) {
      open.putAll(root.backend().open(modules.read(modules.folder(root.dir()))));
    }
    if (request.backendConfig() != null) {
      open.putAll(request.backendConfig());
    }
    return values.withBackend(
        root,
        open,
        option -> {
          words.addAll(option);
          var work = root.work(modules, "initialize", words);
          return program.log(work.timeout(request.timeout())).diagnostics(work.hidden());
        });
  }

  record In(Root root) {}

  /** Whether a module is right, and what is not. */
  record Validity(boolean valid, List<Diagnostic> diagnostics) {}

  @Op
  Validity validate(In request) {
    var said = program.report(work("validate", request, "validate", "-json"));
    var diagnostics = new ArrayList<Diagnostic>();
    said.path("diagnostics").forEach(each -> diagnostics.add(Diagnostic.of(each)));
    return new Validity(said.path("valid").asBoolean(), diagnostics);
  }

  /**
   * An output.
   *
   * @param value what it is, unless it is secret
   * @param secret what it is, when it is secret: a text, or what is not one as JSON
   */
  record Output(
      String name, boolean sensitive, @Nullable JsonNode value, @Nullable Secret secret) {}

  @Op
  List<Output> output(In request) {
    var outputs = new ArrayList<Output>();
    for (var each :
        program.json(work("read the outputs of", request, "output", "-json")).properties()) {
      var value = each.getValue().path("value");
      boolean sensitive = each.getValue().path("sensitive").asBoolean();
      outputs.add(
          sensitive
              ? new Output(
                  each.getKey(),
                  true,
                  null,
                  Secret.of(value.isTextual() ? value.textValue() : value.toString()))
              : new Output(each.getKey(), false, value, null));
    }
    return outputs;
  }

  private Work work(String what, In request, String... words) {
    return request.root().work(modules, what, List.of(words));
  }
}
