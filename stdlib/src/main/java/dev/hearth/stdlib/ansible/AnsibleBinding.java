package dev.hearth.stdlib.ansible;

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
import java.util.Optional;

/** Ansible, as {@code hearth:ansible}. */
public final class AnsibleBinding implements Binding {
  /** Roles and collections are installed, and vaults get another password. */
  private static final Foreseen WRITTEN = Foreseen.maybe("write");

  @Override
  public String name() {
    return "ansible";
  }

  @Override
  public Object open(Connection connection, OpContext context) {
    var programs = new Programs(Project.of(connection), context);
    return OpParts.of(
        new PlayOps(programs),
        new InventoryOps(programs),
        new VaultOps(programs),
        new DiscoveryOps(programs),
        new GalaxyOps(programs),
        new InstallOps(programs));
  }

  @Override
  public List<ConnectionField> connectionFields() {
    return List.of(
        ConnectionField.optional("dir", "Folder of the playbooks and of ansible.cfg", "infra"),
        ConnectionField.optional(
            "program", "Folder of Ansible's programs, before all others", "/opt/ansible/bin"),
        ConnectionField.optional(
            "repository",
            "Repository of git to check out, in which `dir` is a folder",
            "https://git.example.org/infra.git"),
        ConnectionField.optional("ref", "Tag, branch or commit of it, if not its head", "v1.4"),
        ConnectionField.optional(
            "version", "Which of those that Hearth installed, if not the newest", "2.19.11"),
        ConnectionField.optional(
            "index",
            "Where `hearth ansible install` gets packages, if not as your pip does",
            "https://packages.example.org/simple"));
  }

  @Override
  public Optional<Connection> configured(Effects user) {
    return Optional.of(Project.ofUser());
  }

  @Override
  public List<Permission> reach(Connection connection) {
    return Project.of(connection).reach();
  }

  @Override
  public List<Permission> reachOfUser(Connection connection) {
    return Project.of(connection).reachOfUser();
  }

  @Override
  public Foreseen foresee(Mention mention) {
    return mention.calls("ansible")
        ? Foreseen.connection("ansible", mention, "read", "exec").and(WRITTEN)
        : Foreseen.maybe("read", "exec").and(WRITTEN);
  }
}
