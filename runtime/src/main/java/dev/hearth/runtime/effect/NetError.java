package dev.hearth.runtime.effect;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reaching a peer fails on purpose. The first argument is always the peer. */
public enum NetError implements ErrorCode {
  NAME_NOT_RESOLVED(
      ErrorKind.SYSTEM,
      "`%s` could not be resolved to an address.",
      "Check the spelling of the host, and that this machine's DNS knows it."),
  RESOLVE_TIMEOUT(
      ErrorKind.TIMEOUT,
      "Resolving `%s` took longer than %s.",
      "Check this machine's DNS settings, or use the IP address."),
  REFUSED(
      ErrorKind.SYSTEM,
      "Nothing answers at `%s`: the connection was refused.",
      "Check the port, and that the service runs and listens on that address."),
  UNREACHABLE(
      ErrorKind.SYSTEM,
      "`%s` cannot be reached from here.",
      "Check the address, the route and the firewalls on the way."),
  CONNECT_TIMEOUT(
      ErrorKind.TIMEOUT,
      "`%s` did not answer within %s.",
      "Check that the machine is up and that no firewall drops the packets."),
  SOCKET_NOT_FOUND(
      ErrorKind.SYSTEM,
      "There is no socket `%s`.",
      "Check the path, and that the service that makes it runs."),
  SOCKET_REFUSED(
      ErrorKind.SYSTEM,
      "The socket `%s` could not be opened.",
      "Check that its service runs, and that you may read and write the socket."),
  LISTEN_FAILED(
      ErrorKind.SYSTEM,
      "Cannot listen on `%s`.",
      "Choose another port or path, or end the program that holds it; ports below 1024 need root."),
  TLS_FAILED(
      ErrorKind.SYSTEM,
      "TLS with `%s` failed.",
      "Check that the port speaks TLS, with version 1.2 or newer."),
  NOT_SIMULATED(
      ErrorKind.SYSTEM,
      "`%s` is not simulated.",
      "Run without `--simulate` to reach the real one; nothing left this machine."),
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "Connecting to `%s` was interrupted.",
      "Run it again when you are ready.");

  private final ErrorText text;

  NetError(ErrorKind kind, String message, String hint) {
    this.text = ErrorText.of("net", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
