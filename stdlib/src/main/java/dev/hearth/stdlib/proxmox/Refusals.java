package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import java.util.stream.Collectors;

/** Turns answers that say no into what Hearth says. */
final class Refusals {
  private static final int NO_ROUTE = 595;
  private static final int BROKEN_PIPE = 596;
  private static final int PROXY_TIMEOUT = 599;

  private final String connection;
  private final Identity identity;

  /**
   * For one connection.
   *
   * @param connection its name, for messages
   * @param identity who it comes in as
   */
  Refusals(String connection, Identity identity) {
    this.connection = connection;
    this.identity = identity;
  }

  HearthException of(ApiCall call, Answer answer) {
    var error =
        reason(call, answer)
            .with("request", call.toString())
            .with("status", answer.status())
            .with("reason", answer.reason());
    return answer.errors().isEmpty() ? error : error.with("errors", answer.errors());
  }

  /** Whether asking again is likely to help: the proxy between nodes lost the answer. */
  static boolean isLost(Answer answer) {
    return answer.status() == NO_ROUTE
        || answer.status() == BROKEN_PIPE
        || answer.status() == PROXY_TIMEOUT;
  }

  private HearthException reason(ApiCall call, Answer answer) {
    var words = answer.words();
    return switch (answer.status()) {
      case 400 -> parameters(call, answer);
      case 401 -> new HearthException(ProxmoxError.UNAUTHORIZED, connection);
      case 403 -> forbidden(call, words);
      case 501 -> new HearthException(ProxmoxError.API_MISSING, call);
      case NO_ROUTE -> new HearthException(ProxmoxError.NODE_NOT_REACHABLE, call, words);
      case BROKEN_PIPE, PROXY_TIMEOUT ->
          new HearthException(ProxmoxError.NODE_TIMEOUT, call, words);
      default -> inWords(call, words);
    };
  }

  private static HearthException inWords(ApiCall call, String words) {
    if (KnownWords.isChanged(words)) {
      return new HearthException(ProxmoxError.CONFIG_CHANGED, call);
    }
    return KnownWords.failure(words)
        .orElseGet(() -> new HearthException(ProxmoxError.REFUSED, call, words));
  }

  private static HearthException parameters(ApiCall call, Answer answer) {
    var wrong =
        answer.errors().entrySet().stream()
            .map(error -> told(call, error.getKey(), error.getValue()))
            .collect(Collectors.joining("; "));
    return new HearthException(
        ProxmoxError.PARAMETER, call, wrong.isEmpty() ? answer.words() : wrong);
  }

  private static String told(ApiCall call, String key, String words) {
    return "`"
        + key
        + "`: "
        + words.replaceAll("\\s+", " ").strip()
        + Meant.after(call, key, words);
  }

  private HearthException forbidden(ApiCall call, String words) {
    return KnownWords.privilege(words)
        .map(
            missing ->
                new HearthException(
                        ProxmoxError.PERMISSION,
                        missing.path(),
                        missing.words(),
                        identity.name(),
                        identity.aclOption(),
                        missing.names().getFirst())
                    .with("path", missing.path())
                    .with("privileges", missing.names()))
        .orElseGet(() -> new HearthException(ProxmoxError.FORBIDDEN, call, words));
  }
}
