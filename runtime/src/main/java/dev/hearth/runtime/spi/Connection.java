package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.secret.Secret;
import java.util.Map;

/**
 * A configured way to reach a system, resolved: by the user's settings, by the environment, by the
 * recipe itself, or by {@code --simulate}.
 *
 * @param binding the binding it belongs to, such as {@code proxmox}
 * @param name the name the user gave it; {@code default} when there is only one and it has none
 * @param explicit whether the recipe spelled it out, so that its addresses need grants of their own
 * @param settings what is not secret, in the binding's own form
 * @param secrets what is, by name
 */
public record Connection(
    String binding,
    String name,
    boolean explicit,
    ObjectNode settings,
    Map<String, Secret> secrets) {}
