package dev.hearth.stdlib.proxmox.sim.notify;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How somebody can be told, and what has to be known for it. */
enum EndpointKind {
  GOTIFY,
  SENDMAIL,
  SMTP,
  WEBHOOK;

  /** What a new one has to have. */
  private Set<String> needed() {
    return switch (this) {
      case GOTIFY -> Set.of("server", "token");
      case SENDMAIL -> Set.of();
      case SMTP -> Set.of("server", "from-address");
      case WEBHOOK -> Set.of("method", "url");
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is never told again. */
  Set<String> secret() {
    return switch (this) {
      case GOTIFY -> Set.of("token");
      case SENDMAIL -> Set.of();
      case SMTP -> Set.of("password");
      case WEBHOOK -> Set.of("secret");
    };
  }

  /** Whether it is mail, which needs somebody to go to. */
  boolean isMail() {
    return this == SENDMAIL || this == SMTP;
  }

  Fields fields() {
    return new Fields(params());
  }

  /** All its properties, none of which has to be given. */
  Map<String, Param> params() {
    var text = Param.optional(string());
    var params = new LinkedHashMap<String, Param>();
    params.put("comment", text);
    params.put("disable", Param.optional(bool().orElse("0")));
    if (isMail()) {
      params.put("author", text);
      params.put("from-address", text);
      params.put("mailto", Param.list(formatted(Names.MAIL)));
      params.put("mailto-user", Param.list(formatted(Names.USER)));
    }
    switch (this) {
      case GOTIFY -> {
        params.put("server", text);
        params.put("token", text);
      }
      case SMTP -> {
        params.put("server", text);
        params.put("port", Param.optional(integer()));
        params.put("mode", Param.optional(oneOf("insecure", "starttls", "tls").orElse("tls")));
        params.put("username", text);
        params.put("password", text);
      }
      case WEBHOOK -> {
        params.put("body", text);
        params.put("header", Param.list(string()));
        params.put("method", Param.optional(oneOf("post", "put", "get")));
        params.put("secret", Param.list(string()));
        params.put("url", text);
      }
      case SENDMAIL -> {
        // mail is all there is to it
      }
    }
    return params;
  }

  /** The same for a new one. */
  Map<String, Param> newParams() {
    var params = params();
    var needed = needed();
    params.replaceAll((name, is) -> needed.contains(name) ? Param.of(is.type()) : is);
    return params;
  }

  /** How people are written. */
  private static final class Names {
    private static final ValueFormat MAIL =
        ValueFormat.of(
            "email-or-username",
            value ->
                value.matches("[^\\s@]+@[^\\s@]+\\.[^\\s@]+") || value.matches("[^\\s:/@]+(@\\S+)?")
                    ? Optional.empty()
                    : Optional.of("value does not look like a valid email address or user name\n"));
    private static final ValueFormat USER =
        ValueFormat.of(
            "pve-userid",
            value ->
                value.matches("[^\\s:/]+@[A-Za-z][A-Za-z0-9.\\-_]+")
                    ? Optional.empty()
                    : Optional.of("value '" + value + "' does not look like a valid user name\n"));
  }
}
