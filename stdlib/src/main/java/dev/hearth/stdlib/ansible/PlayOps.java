package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Playbooks and single modules. */
final class PlayOps {
  private static final Pattern VERSION = Pattern.compile("\\[core ([0-9][^\\]]*)\\]");
  private static final Pattern MODULE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z0-9_]+)*");

  private final Programs programs;

  PlayOps(Programs programs) {
    this.programs = programs;
  }

  /** The version of ansible-core. */
  @Op
  String version() throws InterruptedException {
    var name = "ansible-playbook";
    var outcome = programs.output(name, programs.inProject(name, List.of("--version")));
    var version = VERSION.matcher(outcome.outputText());
    if (!version.find()) {
      throw new HearthException(AnsibleError.PROGRAM_ANSWER, name);
    }
    return version.group(1);
  }

  record Playbook(String playbook, PlayRequest options) {}

  @Op(writes = true)
  PlayResult runPlaybook(Playbook request) throws InterruptedException {
    return PlaybookRun.ofFile(programs, request.playbook(), request.options()).finish();
  }

  /** The same, with what happens meanwhile. */
  @Op(writes = true)
  OpStream<PlayStream.Step> runPlaybookSteps(Playbook request) {
    return new PlayStream(PlaybookRun.ofFile(programs, request.playbook(), request.options()));
  }

  /**
   * A module that is run alone.
   *
   * @param module its name, such as {@code ansible.builtin.copy}
   * @param arguments its options, or the text of a command
   * @param pattern the hosts that it is run on; null: all
   */
  record Module(
      String module, @Nullable JsonNode arguments, @Nullable String pattern, PlayRequest options) {}

  @Op(writes = true)
  PlayResult runModule(Module request) throws InterruptedException {
    return PlaybookRun.ofModule(programs, playbook(request), request.options()).finish();
  }

  private static ArrayNode playbook(Module request) {
    var module = request.module();
    if (!MODULE.matcher(module).matches()) {
      throw new HearthException(
          AnsibleError.OPTION, "module", "is no name of a module: " + VisibleText.of(module));
    }
    var arguments = request.arguments();
    if (arguments != null
        && !arguments.isNull()
        && !arguments.isObject()
        && !arguments.isTextual()) {
      throw new HearthException(
          AnsibleError.OPTION, "module", "takes its options as an object, or a command as a text");
    }
    var pattern = PlayRequest.pattern("hosts", request.pattern());
    var playbook = JsonNodeFactory.instance.arrayNode();
    var play = playbook.addObject();
    play.put("name", module).put("hosts", pattern == null ? "all" : pattern);
    play.put("gather_facts", false);
    play.putArray("tasks").addObject().put("name", module).set(module, arguments);
    return playbook;
  }
}
