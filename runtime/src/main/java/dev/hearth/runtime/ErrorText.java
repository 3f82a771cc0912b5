package dev.hearth.runtime;

import java.util.Locale;
import java.util.MissingFormatArgumentException;

/**
 * The fixed half of an error: its id, what it says and what to do next.
 *
 * @param id stable for ever, such as {@code proxmox.vm-not-found}
 * @param kind decides the exit status
 * @param message one sentence, a {@link String#format format} of the error's arguments
 * @param hint one imperative sentence that says what to do next, a format of the same arguments
 */
public record ErrorText(String id, ErrorKind kind, String message, String hint) {

  /**
   * The text of one enum constant.
   *
   * @param area the first half of the id, such as {@code proxmox}
   * @param constant the enum constant's name; {@code VM_NOT_FOUND} becomes {@code vm-not-found}
   */
  public static ErrorText of(
      String area, String constant, ErrorKind kind, String message, String hint) {
    var name = constant.toLowerCase(Locale.ROOT).replace('_', '-');
    return new ErrorText(area + "." + name, kind, message, hint);
  }

  String message(Object... arguments) {
    return format(message, arguments);
  }

  String hint(Object... arguments) {
    return format(hint, arguments);
  }

  private String format(String format, Object... arguments) {
    try {
      return String.format(Locale.ROOT, format, arguments);
    } catch (MissingFormatArgumentException e) {
      throw new IllegalArgumentException(id + " was thrown with too few arguments.", e);
    }
  }
}
