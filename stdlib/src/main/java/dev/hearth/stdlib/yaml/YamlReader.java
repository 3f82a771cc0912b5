package dev.hearth.stdlib.yaml;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Interruption;
import dev.hearth.runtime.spi.TextPlace;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML into JSON, in one pass: what an anchor names is a piece of the JSON that is written,
 * and an alias repeats it.
 */
final class YamlReader {
  static final int DEEPEST = 500;

  /** What aliases may make of a text beside what it has itself. */
  private static final int MOST_REPEATED = 4_000_000;

  private static final String TAG = "tag:yaml.org,2002:";

  private final String text;
  private final String name;
  private final Version version;
  private final boolean ignoreTags;
  private final ParserImpl events;
  private final JsonOutput out;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private long repeated;
  private int depth;

  /**
   * What an anchor names.
   *
   * @param entries those of a map, for {@code <<}
   * @param word a scalar as it is written, for keys
   */
  private record Anchored(
      String json, @Nullable Map<String, String> entries, @Nullable String word) {}

  YamlReader(String text, YamlPureOps.Read how) {
    this.text = text;
    this.name = how.name() == null ? "The text" : "`" + how.name() + "`";
    this.version = how.version() == null ? Version.V1_2 : how.version();
    this.ignoreTags = how.tags() == YamlPureOps.Tags.ignore;
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(16 * 1024)
            .build();
    this.events = new ParserImpl(settings, new StreamReader(settings, Interruption.reader(text)));
    this.out = new JsonOutput(text.length());
  }

  /** The only document. */
  String one() {
    return guarded(
        () -> {
          events.next(); // the stream begins
          if (events.peekEvent().getEventId() == Event.ID.StreamEnd) {
            return "null";
          }
          document();
          var next = events.peekEvent();
          if (next.getEventId() != Event.ID.StreamEnd) {
            throw error(YamlError.SEVERAL_DOCUMENTS, next);
          }
          return out.toString();
        });
  }

  /** All documents, as a list. */
  String all() {
    return guarded(
        () -> {
          events.next();
          out.raw('[');
          for (int n = 0; events.peekEvent().getEventId() != Event.ID.StreamEnd; n++) {
            if (n > 0) {
              out.raw(',');
            }
            document();
          }
          out.raw(']');
          return out.toString();
        });
  }

  private interface Reading {
    String read() throws InterruptedIOException;
  }

  private String guarded(Reading reading) {
    try {
      return reading.read();
    } catch (MarkedYamlEngineException e) {
      var problem = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw syntax(e.getProblemMark().or(e::getContextMark), problem).causedBy(e);
    } catch (ReaderException e) {
      var what = "the character U+%04X may not stand in YAML".formatted(e.getCodePoint());
      throw syntax(e.getPosition(), what).causedBy(e);
    } catch (YamlEngineException e) {
      throw syntax(0, String.valueOf(e.getMessage())).causedBy(e);
    } catch (NumberFormatException e) { // snakeyaml-engine 3.2, of an escape that the end cuts off
      throw syntax(text.length(), "the text ends in the middle of an escape").causedBy(e);
    } catch (InterruptedIOException e) {
      throw syntax(0, String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private void document() throws InterruptedIOException {
    anchors.clear();
    events.next();
    node(events.next());
    events.next();
  }

  private void node(Event event) throws InterruptedIOException {
    switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case AliasEvent alias -> repeat(alias);
      case CollectionStartEvent start -> collection(start);
      default -> throw new IllegalStateException("A node begins with " + event + ".");
    }
  }

  private void collection(CollectionStartEvent start) throws InterruptedIOException {
    if (++depth > DEEPEST) {
      throw error(YamlError.TOO_DEEP, start, DEEPEST);
    }
    int begin = out.length();
    Map<String, String> entries = null;
    if (start.getEventId() == Event.ID.SequenceStart) {
      requireTag(start, "seq");
      sequence();
    } else {
      requireTag(start, "map", "omap", "set");
      entries = mapping(start.getAnchor().isPresent());
    }
    depth--;
    anchor(start, begin, entries, null);
  }

  private void sequence() throws InterruptedIOException {
    out.raw('[');
    boolean first = true;
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      node(next);
    }
    out.raw(']');
  }

  /** Writes the map; returns its entries if they may be merged into others. */
  private @Nullable Map<String, String> mapping(boolean mayBeMerged) throws InterruptedIOException {
    int begin = out.length();
    var entries = new LinkedHashMap<String, Entry>();
    Map<String, String> merged = null;
    out.raw('{');
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      Interruption.check();
      if (isMerge(key)) {
        merged = merged == null ? new LinkedHashMap<>() : merged;
        merge(merged);
        continue;
      }
      var word = key(key);
      if (!entries.isEmpty()) {
        out.raw(',');
      }
      out.text(word);
      out.raw(':');
      int value = out.length();
      var before = entries.get(word);
      if (before != null) {
        throw error(YamlError.DUPLICATE_KEY, key, word, place(before.key).line());
      }
      node(events.next());
      entries.put(word, new Entry(key, value, out.length()));
    }
    out.raw('}');
    if (merged == null) {
      return mayBeMerged ? texts(entries) : null;
    }
    var own = texts(entries);
    merged.keySet().removeAll(own.keySet());
    merged.putAll(own);
    out.cut(begin);
    out.map(merged);
    return merged;
  }

  /** Where a value stands in what is written. */
  private record Entry(Event key, int begin, int end) {}

  private Map<String, String> texts(Map<String, Entry> entries) {
    var texts = new LinkedHashMap<String, String>();
    entries.forEach((word, entry) -> texts.put(word, out.between(entry.begin, entry.end)));
    return texts;
  }

  private static boolean isMerge(Event key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag().isEmpty()
        && scalar.getValue().equals("<<");
  }

  /** What stands after `<<`; of two with the same key, the first counts. */
  private void merge(Map<String, String> merged) throws InterruptedIOException {
    var value = events.next();
    if (value.getEventId() == Event.ID.SequenceStart) {
      for (Event next = events.next();
          next.getEventId() != Event.ID.SequenceEnd;
          next = events.next()) {
        mergeOne(merged, next);
      }
    } else {
      mergeOne(merged, value);
    }
  }

  private void mergeOne(Map<String, String> merged, Event value) throws InterruptedIOException {
    Map<String, String> entries = null;
    if (value instanceof AliasEvent alias) {
      var anchored = anchored(alias);
      entries = anchored.entries;
      count(alias, anchored.json.length());
    } else if (value instanceof CollectionStartEvent start
        && start.getEventId() == Event.ID.MappingStart) {
      int begin = out.length();
      if (++depth > DEEPEST) {
        throw error(YamlError.TOO_DEEP, start, DEEPEST);
      }
      entries = mapping(true);
      depth--;
      anchor(start, begin, entries, null);
      out.cut(begin);
    }
    if (entries == null) {
      throw error(YamlError.MERGE_OF_NO_MAP, value);
    }
    entries.forEach(merged::putIfAbsent);
  }

  private String key(Event event) {
    if (event instanceof ScalarEvent scalar) {
      var word = scalar.getValue();
      anchor(scalar, new Anchored(json(scalar), null, word));
      return word;
    }
    if (event instanceof AliasEvent alias) {
      var word = anchored(alias).word;
      if (word != null) {
        return word;
      }
    }
    throw error(YamlError.KEY_NOT_TEXT, event);
  }

  private void scalar(ScalarEvent scalar) {
    var json = json(scalar);
    out.raw(json);
    anchor(scalar, new Anchored(json, null, scalar.getValue()));
  }

  private String json(ScalarEvent scalar) {
    var value = scalar.getValue();
    var tag = tag(scalar);
    if (tag == null) {
      var json = scalar.isPlain() ? PlainScalar.json(value, version) : null;
      return json == null ? JsonOutput.quoted(value) : json;
    }
    var json = PlainScalar.json(value, version);
    boolean fits =
        switch (tag) {
          case "str", "binary", "timestamp" -> true;
          case "null" -> "null".equals(json);
          case "bool" -> "true".equals(json) || "false".equals(json);
          case "int" ->
              json != null && isNumber(json) && json.indexOf('.') < 0 && json.indexOf('e') < 0;
          case "float" -> isNumber(json);
          default -> throw error(YamlError.UNKNOWN_TAG, scalar, scalar.getTag().orElse(tag));
        };
    if (!fits) {
      throw error(YamlError.WRONG_TAG, scalar, value, tag);
    }
    return json == null || tag.equals("str") || tag.equals("binary") || tag.equals("timestamp")
        ? JsonOutput.quoted(value)
        : json;
  }

  private static boolean isNumber(@Nullable String json) {
    return json != null && !json.isEmpty() && "-0123456789".indexOf(json.charAt(0)) >= 0;
  }

  /** The short name of a node's tag; {@code null} without one. */
  private @Nullable String tag(NodeEvent event) {
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag().orElse(null);
          case CollectionStartEvent start -> start.getTag().orElse(null);
          default -> null;
        };
    if (tag == null) {
      return null;
    }
    if (tag.equals("!")) {
      return event instanceof ScalarEvent ? "str" : null;
    }
    if (tag.startsWith(TAG)) {
      return tag.substring(TAG.length());
    }
    if (ignoreTags) {
      return null;
    }
    throw error(YamlError.UNKNOWN_TAG, event, tag);
  }

  private void requireTag(CollectionStartEvent start, String... allowed) {
    var tag = tag(start);
    if (tag != null && !List.of(allowed).contains(tag)) {
      throw error(YamlError.UNKNOWN_TAG, start, start.getTag().orElse(tag));
    }
  }

  private void repeat(AliasEvent alias) {
    var anchored = anchored(alias);
    count(alias, anchored.json.length());
    out.raw(anchored.json);
  }

  private Anchored anchored(AliasEvent alias) {
    var anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw error(YamlError.UNKNOWN_ALIAS, alias, alias.getAlias().getValue());
    }
    return anchored;
  }

  private void count(AliasEvent alias, int length) {
    repeated += length;
    if (repeated > MOST_REPEATED) {
      throw error(YamlError.TOO_MANY_ALIASES, alias, MOST_REPEATED);
    }
  }

  private void anchor(
      NodeEvent event, int begin, @Nullable Map<String, String> entries, @Nullable String word) {
    if (event.getAnchor().isPresent()) {
      anchor(event, new Anchored(out.since(begin), entries, word));
    }
  }

  private void anchor(NodeEvent event, Anchored anchored) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, anchored));
  }

  private HearthException error(YamlError code, Event at, Object... more) {
    var place = place(at);
    var arguments = new ArrayList<Object>(List.of(name, place.line(), place.column()));
    arguments.addAll(List.of(more));
    return place.in(new HearthException(code, arguments.toArray()));
  }

  private TextPlace place(Event at) {
    return TextPlace.at(text, offset(at.getStartMark().map(Mark::getIndex).orElse(0)));
  }

  private HearthException syntax(Optional<Mark> at, @Nullable String problem) {
    return syntax(at.map(Mark::getIndex).orElse(0), problem);
  }

  private HearthException syntax(int index, @Nullable String problem) {
    var place = TextPlace.at(text, offset(index));
    var what = problem == null ? "it cannot be understood" : problem.strip();
    return place.in(
        new HearthException(YamlError.SYNTAX, name, place.line(), place.column(), what));
  }

  /** The library counts characters, a text has UTF-16 units. */
  private int offset(int characters) {
    int known = Math.min(characters, text.codePointCount(0, text.length()));
    return text.offsetByCodePoints(0, known);
  }
}
