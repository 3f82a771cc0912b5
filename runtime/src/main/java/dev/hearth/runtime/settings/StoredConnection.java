package dev.hearth.runtime.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A connection as {@code hearth connect list} and {@code show} tell it, without its secrets.
 *
 * @param isDefault whether recipes get it that name none
 * @param settings what is not secret
 * @param secrets the names under which the secret store keeps the rest, by field
 */
public record StoredConnection(
    String binding,
    String name,
    boolean isDefault,
    ObjectNode settings,
    Map<String, String> secrets) {}
