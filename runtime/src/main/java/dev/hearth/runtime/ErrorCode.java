package dev.hearth.runtime;

/** One deliberate failure. Implemented by enums that live beside the code that throws them. */
public interface ErrorCode {
  ErrorText text();
}
