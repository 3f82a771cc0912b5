package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.secret.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * A configured way to reach a system, resolved.
 *
 * @param binding the binding it belongs to, such as {@code proxmox}
 * @param name the name the user gave it; one that nobody named has its {@link Origin#label}
 * @param origin who configured it
 * @param settings what is not secret, in the binding's own form; its names are those of {@link
 *     Binding#connectionFields}
 * @param secrets what is, by name
 */
public record Connection(
    String binding, String name, Origin origin, ObjectNode settings, Map<String, Secret> secrets) {

  /** Who configured a connection. */
  public enum Origin {
    /** The user, with {@code hearth connect add}. */
    STORED("stored"),
    /** The user, with {@code HEARTH_<BINDING>_URL} and its like. */
    ENVIRONMENT("environment"),
    /** The user, in the system's own files: an alias of an ssh_config. */
    CONFIGURED("configured"),
    /** The recipe spelled it out, so its addresses need grants of their own. */
    RECIPE("recipe"),
    /** {@code --simulate}. */
    SIMULATOR("simulator");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    /** The word for it in messages, journals and {@code --json}. */
    public String label() {
      return label;
    }
  }

  public Connection {
    secrets = Map.copyOf(secrets);
  }

  /** The text of a setting; empty where there is none. */
  public Optional<String> setting(String name) {
    return Optional.of(settings.path(name).asText("")).filter(text -> !text.isEmpty());
  }

  /** The same with other settings. */
  public Connection with(ObjectNode others) {
    return new Connection(binding, name, origin, others, secrets);
  }

  /** Whether the recipe spelled it out, so that its addresses need grants of their own. */
  public boolean explicit() {
    return origin == Origin.RECIPE;
  }
}
