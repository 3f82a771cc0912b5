package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;

/**
 * What an engine's refusal means. The engine's own words are details, and where they help, more.
 */
final class Refusals {
  private Refusals() {}

  static HearthException of(EngineCall call, Answer answer) {
    return error(call, answer).with("status", answer.status()).with("message", answer.words());
  }

  private static HearthException error(EngineCall call, Answer answer) {
    var subject = call.subject();
    if (answer.status() == 404 && subject != null) {
      return new HearthException(subject.missing(), subject.name());
    }
    var code =
        switch (answer.status()) {
          case 400, 405, 406, 416 -> DockerError.PARAMETER;
          case 401, 403 -> DockerError.DENIED;
          case 404 -> DockerError.NOT_FOUND;
          case 409 -> DockerError.CONFLICT;
          default -> DockerError.ENGINE_FAILED;
        };
    return new HearthException(code, call, answer.words());
  }
}
