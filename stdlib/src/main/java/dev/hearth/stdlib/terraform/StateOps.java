package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The state: what stands in it, and changing it without changing what it stands for. */
final class StateOps {
  private static final Pattern LOCK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/=+-]{0,199}");

  private final TerraformProgram program;
  private final ModuleOps modules;
  private final OpContext context;

  StateOps(TerraformProgram program, ModuleOps modules, OpContext context) {
    this.program = program;
    this.modules = modules;
    this.context = context;
  }

  record In(Root root) {}

  /** A resource in the state, without its values: secrets stand there in clear. */
  record Listed(String address, String mode, String type, String name, String provider) {
    static Listed of(JsonNode said) {
      return new Listed(
          said.path("address").asText(),
          said.path("mode").asText(),
          said.path("type").asText(),
          said.path("name").asText(),
          said.path("provider_name").asText());
    }
  }

  @Op
  List<Listed> stateList(In request) {
    return StateReading.resources(shown(request)).stream().map(Listed::of).toList();
  }

  @Op
  List<StateReading.Resource> showState(In request) {
    return StateReading.of(shown(request));
  }

  private JsonNode shown(In request) {
    return program.json(
        request.root().work(modules, "read the state of", List.of("show", "-json")));
  }

  record At(Root root, String address) {}

  @Op
  StateReading.Resource showResource(At request) {
    var address = Addresses.usable(request.address());
    var all = showState(new In(request.root()));
    return all.stream()
        .filter(each -> each.address().equals(address))
        .findFirst()
        .orElseThrow(() -> absent(request.root(), address, all));
  }

  private HearthException absent(Root root, String address, List<StateReading.Resource> resources) {
    var error =
        new HearthException(
            TerraformError.NOT_IN_STATE,
            VisibleText.of(address),
            VisibleText.of(modules.folder(root.dir()).toString()));
    return Suggestion.closest(
            address, resources.stream().map(StateReading.Resource::address).toList())
        .map(close -> error.hint("`" + close + "` is the closest that it has."))
        .orElse(error);
  }

  /** What is to get another address. */
  record Move(
      Root root,
      String from,
      String to,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  void moveInState(Move request) {
    var words = words("mv", request.lockTimeout());
    words.add(Addresses.usable(request.from()));
    words.add(Addresses.usable(request.to()));
    program.text(
        request.root().work(modules, "move in the state of", words).timeout(request.timeout()));
  }

  /** What is to be forgotten. */
  record Removal(
      Root root,
      List<String> addresses,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  @Op(writes = true)
  void removeFromState(Removal request) {
    if (request.addresses().isEmpty()) {
      throw new HearthException(
          TerraformError.OPTION_VALUE, "No address", "there is nothing to forget");
    }
    var words = words("rm", request.lockTimeout());
    Addresses.add("", request.addresses(), words);
    program.text(
        request.root().work(modules, "forget in the state of", words).timeout(request.timeout()));
  }

  /** The whole state, in which secrets stand in clear; none where there is no state yet. */
  @Op
  @Nullable Secret pullState(In request) {
    return pulled(request.root(), null).map(Secret::of).orElse(null);
  }

  private Optional<String> pulled(Root root, @Nullable Duration timeout) {
    var work = root.work(modules, "read the state of", List.of("state", "pull"));
    var text = program.text(work.timeout(timeout));
    return Optional.of(text).filter(each -> !each.isBlank());
  }

  /**
   * A state that is to take the place of the one that is there.
   *
   * @param force whether also an older one, or one of another history
   */
  record Push(
      Root root,
      String state,
      @Nullable Boolean force,
      @Nullable Duration lockTimeout,
      @Nullable Duration timeout) {}

  /**
   * What was there before.
   *
   * @param backup a file beside the module that has it, which only the user can read; null where
   *     there was nothing
   */
  record Pushed(@Nullable String backup) {}

  @Op(writes = true)
  Pushed pushState(Push request) {
    var state = UiLog.message(request.state().strip());
    if (state.filter(each -> each.path("version").isInt() && each.has("serial")).isEmpty()) {
      throw new HearthException(
          TerraformError.OPTION_VALUE, "The state", "it is not what `state.pull()` gives");
    }
    var before = pulled(request.root(), request.timeout());
    var backup = before.map(text -> keep(modules.folder(request.root().dir()), text));
    var words = words("push", request.lockTimeout());
    if (Boolean.TRUE.equals(request.force())) {
      words.add("-force");
    }
    words.add("-");
    program.text(
        request
            .root()
            .work(modules, "replace the state of", words)
            .reading(request.state().getBytes(UTF_8))
            .timeout(request.timeout()));
    return new Pushed(backup.map(Path::toString).orElse(null));
  }

  private Path keep(Path folder, String state) {
    var serial = UiLog.message(state).map(each -> each.path("serial")).map(JsonNode::asText);
    var name =
        "terraform.tfstate.serial-%s.%d.backup"
            .formatted(
                serial.filter(each -> each.matches("[0-9]+")).orElse("unknown"),
                context.effects().clock().now().toEpochMilli());
    var file = folder.resolve(name);
    context.recipe().files().write(file, state.getBytes(UTF_8), FileMode.PRIVATE);
    return file;
  }

  record Lock(Root root, String id, @Nullable Duration timeout) {}

  /** Takes away a lock that nobody holds any more. */
  @Op(writes = true)
  void unlock(Lock request) {
    if (!LOCK_ID.matcher(request.id()).matches()) {
      throw new HearthException(
          TerraformError.OPTION_VALUE,
          "`" + VisibleText.of(request.id()) + "`",
          "it is no id of a lock");
    }
    program.text(
        request
            .root()
            .work(modules, "unlock the state of", List.of("force-unlock", "-force", request.id()))
            .timeout(request.timeout()));
  }

  private static List<String> words(String verb, @Nullable Duration lockTimeout) {
    var words = new ArrayList<>(List.of("state", verb));
    Limits.lock(lockTimeout, words);
    return words;
  }
}
