package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.terminal.JsonDocument;
import java.util.List;
import java.util.Optional;

/**
 * {@code hearth inventory RECIPE}: runs a recipe that returns an inventory, and prints what Ansible
 * wants of an inventory that is a program. Its standard output has nothing else.
 */
final class InventoryCommand extends RecipeCommand {
  private static final String LIST = "--list";
  private static final String HOST = "--host";

  InventoryCommand() {
    this(Typed.NOTHING);
  }

  private InventoryCommand(Typed typed) {
    super(CommandName.INVENTORY, typed);
  }

  @Override
  InventoryCommand of(Typed what) {
    return new InventoryCommand(what);
  }

  @Override
  Spec describe(Spec spec) {
    spec.flag(LIST, "Print all groups and hosts, which is the default.")
        .option(HOST, "NAME", "Print the variables of this host alone.");
    return WorldFlags.describe(RunFlags.describe(spec));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth inventory hosts.js --list",
        "hearth inventory hosts.js --host web1 --allow-proxmox:read");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var host = Optional.ofNullable(invocation.value(HOST));
    if (host.isPresent() && invocation.has(LIST)) {
      throw new HearthException(CliError.LIST_AND_HOST);
    }
    var request = WorldFlags.of(invocation).in(request(invocation));
    var input = input(invocation);
    var result =
        new LiveRunView(invocation.quieter().aside())
            .result((hearth, heard) -> hearth.start(request, input, heard));
    if (result.exitStatus() == 0) {
      var script = ScriptInventory.of(result.value());
      JsonNode answer = host.isPresent() ? script.host(host.get()) : script.list();
      invocation.terminal().out().println(JsonDocument.line(answer));
    }
    return result.exitStatus();
  }
}
