package dev.hearth.runtime.effect.http;

import java.io.IOException;

/** Answers requests. May be called on several threads at once. */
public interface HttpHandler {
  /**
   * The answer to one request, whose body can only be read meanwhile. Anything thrown is a bug: the
   * client gets status 500 and whoever runs the server gets the exception.
   */
  HttpResponse handle(HttpRequest request) throws IOException;
}
