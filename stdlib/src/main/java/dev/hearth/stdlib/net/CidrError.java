package dev.hearth.stdlib.net;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which reckoning with addresses fails on purpose. */
enum CidrError implements ErrorCode {
  /** Arguments: what was given. */
  MALFORMED(
      ErrorKind.RECIPE,
      "`%s` is neither an IP address nor a network.",
      "Write `10.0.0.5`, `10.0.0.0/24` or `2001:db8::/64`."),
  /** Arguments: what was given. */
  ADDRESS(
      ErrorKind.RECIPE,
      "`%s` is no host and port.",
      "Give a host name or an IP address, and a port from 1 to 65535."),
  /** Argument: what was given. */
  NO_ADDRESS(
      ErrorKind.RECIPE,
      "`%s` is no IP address.",
      "Write `10.0.0.5` or `2001:db8::5`, without a prefix."),
  /** Arguments: the network, the prefix. */
  PREFIX(
      ErrorKind.RECIPE,
      "`%s` has no parts with a prefix of %d.",
      "Give a prefix that is as long as the network's or longer, up to 32 or 128."),
  /** Arguments: the network, the most. */
  TOO_MANY(
      ErrorKind.RECIPE,
      "`%s` has more than the %d that are listed at once.",
      "Take a smaller network, or ask for the next free one."),
  /** Arguments: the network. */
  NONE_FREE(
      ErrorKind.RECIPE, "Nothing in `%s` is free.", "Take another network, or free some of it.");

  private final ErrorText text;

  CidrError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("cidr", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
