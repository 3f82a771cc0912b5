package dev.hearth.stdlib.docker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of a message in the wire format of Protocol Buffers, one after the other. Only
 * as much of it as BuildKit's progress takes: numbers, and what has a length.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] message;
  private int at;
  private int field;
  private long number;
  private byte[] bytes = {};

  ProtoReader(byte[] message) {
    this.message = message;
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (at >= message.length) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    number = 0;
    bytes = new byte[0];
    switch ((int) (key & 7)) {
      case VARINT -> number = varint();
      case FIXED64 -> skip(8);
      case FIXED32 -> skip(4);
      case BYTES -> {
        long length = varint();
        if (length < 0 || length > message.length - at) {
          throw broken();
        }
        bytes = Arrays.copyOfRange(message, at, at + (int) length);
        at += (int) length;
      }
      default -> throw broken();
    }
    return true;
  }

  int field() {
    return field;
  }

  long number() {
    return number;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  ProtoReader message() {
    return new ProtoReader(bytes);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= message.length) {
        throw broken();
      }
      byte next = message[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  private void skip(int count) {
    if (count > message.length - at) {
      throw broken();
    }
    at += count;
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException("The message is broken.");
  }
}
