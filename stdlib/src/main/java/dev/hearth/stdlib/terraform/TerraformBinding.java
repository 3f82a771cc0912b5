package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Terraform and OpenTofu, as {@code hearth:terraform}. */
public final class TerraformBinding implements Binding {
  @Override
  public String name() {
    return "terraform";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    var program = new TerraformProgram(connection, context);
    var modules = new ModuleOps(context);
    return OpParts.of(
        modules,
        new RunOps(program, modules, context),
        new PlanOps(program, modules, context),
        new StateOps(program, modules, context),
        new WorkspaceOps(program, modules),
        new InspectOps(program, modules, context),
        new ConfigurationOps(context),
        new FetchOps(program, context),
        new InstallOps(InstallSettings.of(connection), context));
  }

  @Override
  public Object pure() {
    return new ConfigurationPureOps();
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.optional(
            "program",
            "Path or name of the program; default: what Hearth installed, else tofu or terraform",
            "terraform"),
        ConnectionField.optional(
            "version", "Which of the installed ones, in place of the newest", "opentofu-1.12.6"),
        ConnectionField.optional(
            "mirror",
            "Where releases are installed from, in place of their maker",
            "https://mirror.lan/terraform"),
        ConnectionField.optional(
            "key",
            "File with the key that signs them, in place of their maker's",
            "/etc/keys/releases.asc"));
  }

  @Override
  public Optional<Connection> configured(Effects user) {
    return Optional.of(
        new Connection(
            name(),
            Connection.Origin.CONFIGURED.label(),
            Connection.Origin.CONFIGURED,
            JsonNodeFactory.instance.objectNode(),
            Map.of()));
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return Stream.concat(
            ChosenProgram.of(connection).reach().stream(),
            InstallSettings.of(connection).reach().stream())
        .toList();
  }

  /** The folder of a module is read, and written where plans are made. */
  @Override
  public Foreseen foresee(Mention mention) {
    return Foreseen.maybe("read", "write");
  }
}
