package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header fields of a message: immutable, in order, names compared without case. No field can
 * hold a line break, so no value can add a field or end the head of a message.
 */
public final class HttpHeaders {
  private static final HttpHeaders EMPTY = new HttpHeaders(List.of());
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final List<Field> fields;

  /** One header field. */
  public record Field(String name, String value) {
    /** Fails with {@link HttpError#HEADER_MALFORMED} for what would change the message's shape. */
    public Field {
      value = value.strip();
      if (!NAME.matcher(name).matches() || value.chars().anyMatch(Field::breaksOut)) {
        throw new HearthException(HttpError.HEADER_MALFORMED, name.replaceAll("\\p{Cntrl}", "?"));
      }
    }

    private static boolean breaksOut(int character) {
      return (character < ' ' && character != '\t') || character == 0x7f;
    }

    private boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  private HttpHeaders(List<Field> fields) {
    this.fields = fields;
  }

  public static HttpHeaders none() {
    return EMPTY;
  }

  public static HttpHeaders of(List<Field> fields) {
    return new HttpHeaders(List.copyOf(fields));
  }

  /** One field. */
  public static HttpHeaders of(String name, String value) {
    return EMPTY.and(name, value);
  }

  /** These and one more field, also when there is one of that name. */
  public HttpHeaders and(String name, String value) {
    return of(Stream.concat(fields.stream(), Stream.of(new Field(name, value))).toList());
  }

  /** These with one field of that name, in place of all there were. */
  public HttpHeaders with(String name, String value) {
    return without(name).and(name, value);
  }

  /** These without the fields of that name. */
  public HttpHeaders without(String name) {
    return new HttpHeaders(fields.stream().filter(field -> !field.is(name)).toList());
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).findFirst();
  }

  /** All values of that name, in order. */
  public List<String> all(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  /** Whether a field of that name lists {@code token}, as {@code Connection: close} does. */
  public boolean lists(String name, String token) {
    return all(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(item -> item.strip().equalsIgnoreCase(token));
  }

  /** All fields in order. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HttpHeaders that && that.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** The names only: values may be secret. */
  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }
}
