package dev.hearth.repl;

import dev.hearth.terminal.Role;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Colours what is being typed, in the colours that results have. */
final class InputColours implements Highlighter {
  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    var coloured = new AttributedStringBuilder();
    if (DotCommand.is(buffer)) {
      return coloured
          .styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN), buffer)
          .toAttributedString();
    }
    JavaScriptColours.pieces(buffer, (piece, role) -> coloured.styled(style(role), piece));
    return coloured.toAttributedString();
  }

  private static AttributedStyle style(@Nullable Role role) {
    var plain = AttributedStyle.DEFAULT;
    if (role == null) {
      return plain;
    }
    return switch (role) {
      case STRING -> plain.foreground(AttributedStyle.GREEN);
      case NUMBER -> plain.foreground(AttributedStyle.YELLOW);
      case LITERAL -> plain.foreground(AttributedStyle.MAGENTA);
      case KEY -> plain.foreground(AttributedStyle.BLUE);
      case FAINT -> plain.faint();
      default -> plain;
    };
  }
}
