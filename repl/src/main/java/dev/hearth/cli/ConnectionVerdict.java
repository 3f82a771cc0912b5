package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.ConnectionTrial;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionTest;
import java.util.Optional;

/** How a connection turned out to be when it was tried, in words. */
record ConnectionVerdict(Optional<ConnectionTest> test) {

  /** Tries it; fails when it does not work. */
  static ConnectionVerdict of(
      Hearth hearth, Binding binding, Connection connection, Invocation invocation) {
    return new ConnectionVerdict(
        new ConnectionTrial(hearth.surroundings(), binding, connection)
            .test((level, message, fields) -> invocation.say(SafeText.line(message))));
  }

  /** Lines for a person. What a server said of itself is made safe. */
  String text() {
    if (test.isEmpty()) {
      return "Nothing can be tried here: this system has no harmless question.\n";
    }
    var found = test.get();
    var text = new StringBuilder();
    text.append(SafeText.line(found.system())).append(" answers; you come in as ");
    text.append(SafeText.line(found.identity())).append(".\n");
    if (found.missing().isEmpty()) {
      return text.append("It has all rights that the usual work needs.\n").toString();
    }
    text.append("For the usual work it lacks\n");
    found.missing().forEach(right -> text.append("  ").append(SafeText.line(right)).append('\n'));
    return text.toString();
  }

  /** Writes {@code system, identity, missing}; {@code null} where nothing could be tried. */
  void writeTo(ObjectNode json) {
    json.put("system", test.map(ConnectionTest::system).orElse(null));
    json.put("identity", test.map(ConnectionTest::identity).orElse(null));
    var missing = json.putArray("missing");
    test.ifPresent(found -> found.missing().forEach(missing::add));
  }
}
