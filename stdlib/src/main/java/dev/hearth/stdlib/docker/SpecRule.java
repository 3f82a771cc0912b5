package dev.hearth.stdlib.docker;

/** How one key of a specification is read. */
@FunctionalInterface
interface SpecRule {
  void read(SpecValue value, SpecBody body);

  /** A text of the container itself. */
  static SpecRule config(String field) {
    return (value, body) -> body.config(field, value.text());
  }

  /** A text of how it stands in its host. */
  static SpecRule host(String field) {
    return (value, body) -> body.host(field, value.word());
  }

  /** A truth value of how it stands in its host. */
  static SpecRule hostTruth(String field) {
    return (value, body) -> body.host(field, value.truth());
  }

  /** Words, one or several, of how it stands in its host. */
  static SpecRule hostWords(String field) {
    return (value, body) -> body.host(field, value.words());
  }

  /** A size of how it stands in its host. */
  static SpecRule hostBytes(String field) {
    return (value, body) -> body.host(field, value.bytes());
  }

  /** A whole number of how it stands in its host. */
  static SpecRule hostInteger(String field, long least, long most) {
    return (value, body) -> body.host(field, value.integer(least, most));
  }
}
