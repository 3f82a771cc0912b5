package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/**
 * Every way in which speaking HTTP fails on purpose. Reaching the peer fails with a {@link
 * dev.hearth.runtime.effect.NetError}.
 */
public enum HttpError implements ErrorCode {
  URL_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not a web address.",
      "Write it with its scheme and host, such as `https://pve.lan:8006/api2/json`."),
  METHOD_MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is not a method of HTTP.",
      "Use a word such as GET, POST, PUT or DELETE."),
  HEADER_MALFORMED(
      ErrorKind.RECIPE,
      "The header `%s` has a character in its name or value that HTTP cannot carry.",
      "Remove line breaks and control characters."),
  BODY_TOO_LARGE(
      ErrorKind.SYSTEM,
      "The body of %s is larger than %d bytes.",
      "Ask for less, or read it as a stream."),
  BODY_BROKE_OFF(
      ErrorKind.SYSTEM,
      "The body of %s broke off.",
      "Try again; when it stays so, look into the log of the other side."),
  BODY_STALLED(
      ErrorKind.TIMEOUT,
      "The body of %s stopped coming.",
      "Try again, or allow longer pauses with a read time-out."),
  BODY_NOT_POSSIBLE(
      ErrorKind.RECIPE,
      "A %s request cannot carry a body.",
      "Send the body with POST, PUT or PATCH, or put its content into the query."),
  NO_SUCH_UPLOAD(
      ErrorKind.RECIPE,
      "No body with the number %d is being sent.",
      "Send each body once, and nothing after its end."),
  TIMEOUT(
      ErrorKind.TIMEOUT,
      "%s did not answer within %s.",
      "Check that the system is healthy, or allow it more time."),
  CONNECTION_LOST(
      ErrorKind.SYSTEM,
      "The connection was lost while %s was under way.",
      "Check whether the request took effect, then try again."),
  TOO_MANY_REDIRECTS(
      ErrorKind.SYSTEM,
      "%s was redirected more than %d times.",
      "Check the address; the servers send the request in a circle."),
  REDIRECT_REFUSED(
      ErrorKind.SYSTEM,
      "%s was redirected to `%s`, which is not followed.",
      "Use the new address on purpose, if that is where you want to go."),
  PROXY_FAILED(
      ErrorKind.SYSTEM,
      "The proxy `%2$s` did not lead to `%1$s`.",
      "Check the proxy's address and credentials, or name the host in `NO_PROXY`."),
  PROXY_MALFORMED(
      ErrorKind.USAGE,
      "`%s` is not a proxy that can be used.",
      "Write it as `http://HOST:PORT`, `https://HOST:PORT` or `socks5://HOST:PORT`."),
  NOT_UPGRADED(
      ErrorKind.SYSTEM,
      "%s was answered with %d %s instead of a change of protocol.",
      "Check the path, and that no proxy on the way blocks it."),
  WEBSOCKET_BROKEN(
      ErrorKind.SYSTEM,
      "The WebSocket to `%s` broke the protocol: %s.",
      "Check that the address speaks WebSocket, and that nothing on the way changes it."),
  MESSAGE_TOO_LARGE(
      ErrorKind.SYSTEM,
      "A message from `%s` is larger than %d bytes.",
      "Ask for less at a time, or allow larger messages."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "%s was interrupted.",
      "Check whether the request took effect, then run it again.");

  private final ErrorText text;

  HttpError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("http", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
