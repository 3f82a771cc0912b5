package dev.hearth.runtime.module;

import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** From bytes to text, and from the system's refusals to our words. */
final class SourceContent {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SourceContent() {}

  /** The text without its byte order mark; empty when it is not UTF-8. */
  static Optional<String> text(byte[] content) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Why a file could not be read. */
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "access was denied";
      case FileSystemException other when other.getReason() != null ->
          VisibleText.of(other.getReason());
      default -> VisibleText.of(String.valueOf(e.getMessage()));
    };
  }
}
