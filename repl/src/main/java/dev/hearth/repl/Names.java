package dev.hearth.repl;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, keywords, names of the session and modules. */
record Names(Evaluator session) implements Completer {

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    var word = (WordAtCursor) line;
    if (word.isQuoted()) {
      offer(session.modules().stream(), candidates);
    } else if (word.start() == 0 && word.word().startsWith(".")) {
      offer(DotCommand.words().stream(), candidates);
    } else if (!word.word().contains(".")) {
      var names = new TreeSet<String>(session.globals());
      names.addAll(JavaScriptColours.KEYWORDS);
      names.addAll(JavaScriptColours.LITERALS);
      offer(names.stream(), candidates);
    }
  }

  /** Without a blank behind it: what follows a name is rarely one. */
  private static void offer(Stream<String> names, List<Candidate> candidates) {
    names
        .map(name -> new Candidate(name, name, null, null, null, null, false))
        .forEach(candidates::add);
  }
}
