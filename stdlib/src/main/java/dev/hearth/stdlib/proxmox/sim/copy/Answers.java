package dev.hearth.stdlib.proxmox.sim.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a source answers, looked at before it is used. */
final class Answers {
  private static final int LONGEST_LIST = 20_000;

  private final Source source;
  private final Queue<Ask> answered = new ConcurrentLinkedQueue<>();

  Answers(Source source) {
    this.source = source;
  }

  /** The objects of a list; none when the source does not tell. */
  List<Told> list(String path, Object... values) {
    return list(Ask.of(path, values));
  }

  List<Told> list(Ask ask) {
    return any(ask).map(answer -> Told.all(ask, answer)).orElse(List.of());
  }

  /** The same of what there must be. */
  List<Told> needed(String path) {
    var ask = Ask.of(path);
    return Told.all(ask, any(ask).orElseThrow(() -> untold(ask)));
  }

  static HearthException untold(Ask ask) {
    return new HearthException(CopyError.COPY_UNTOLD, ask);
  }

  Optional<Told> find(String path, Object... values) {
    return find(Ask.of(path, values));
  }

  Optional<Told> find(Ask ask) {
    return any(ask).map(answer -> Told.one(ask, answer));
  }

  /** The fields of an object as texts, but these; none when the source does not tell. */
  Map<String, String> texts(Set<String> without, String path, Object... values) {
    return find(path, values).map(told -> told.texts(without)).orElse(Map.of());
  }

  /** A text; empty when the source does not tell. */
  Optional<String> text(Ask ask) {
    return any(ask)
        .map(
            answer -> {
              if (!answer.isTextual()) {
                throw Told.unexpected(
                    ask, "`" + Told.excerpt(answer.toString()) + "` where a text was expected");
              }
              return answer.textValue();
            });
  }

  /** All that was answered so far. */
  Collection<Ask> answered() {
    return answered;
  }

  private Optional<JsonNode> any(Ask ask) {
    var answer = source.get(ask);
    answer.ifPresent(
        data -> {
          answered.add(ask);
          if (data.size() > LONGEST_LIST) {
            throw new HearthException(CopyError.COPY_LARGE, ask, data.size() + " entries");
          }
        });
    return answer;
  }
}
