package dev.hearth.repl;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, keywords, names of the session, members of what they hold, and modules. */
record Names(Evaluator session) implements Completer {

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    var word = (WordAtCursor) line;
    if (word.quoted()) {
      offer("", word.isModule() ? session.modules().stream() : Stream.empty(), candidates);
    } else if (word.start() == 0 && word.word().startsWith(".")) {
      offer("", Arrays.stream(DotCommand.values()).map(DotCommand::beginning), candidates);
    } else if (word.word().contains(".")) {
      members(word, candidates);
    } else {
      var names = new TreeSet<String>(session.globals());
      names.addAll(JavaScriptColours.KEYWORDS);
      names.addAll(JavaScriptColours.LITERALS);
      offer("", names.stream(), candidates);
    }
  }

  private void members(WordAtCursor word, List<Candidate> candidates) {
    var chain = word.chain();
    if (!chain.isEmpty()) {
      offer(word.upToDot(), session.members(chain).stream().sorted(), candidates);
    }
  }

  /** Without a blank behind it: what follows a name is rarely one. */
  private static void offer(String before, Stream<String> names, List<Candidate> candidates) {
    names
        .map(name -> new Candidate(before + name, name, null, null, null, null, false))
        .forEach(candidates::add);
  }
}
