package dev.hearth.standby;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** Makes this process another program, as {@code exec} of a shell does. */
final class Replacement {
  /** Set for the program that follows, to the reason, so that it does not come here again. */
  static final String TRIED = "HEARTH_STANDBY_TRIED";

  private static final Linker LINKER = Linker.nativeLinker();

  private Replacement() {}

  /**
   * Makes it so; never returns when it succeeds.
   *
   * @throws IOException when the system refuses
   */
  static void by(String program, List<String> words, String why) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var line = new ArrayList<String>();
      line.add(program);
      line.addAll(words);
      var pointers = arena.allocate(ValueLayout.ADDRESS, line.size() + 1L);
      for (var i = 0; i < line.size(); i++) {
        pointers.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(line.get(i)));
      }
      pointers.setAtIndex(ValueLayout.ADDRESS, line.size(), MemorySegment.NULL);
      call(
          function("setenv", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          arena.allocateFrom(TRIED),
          arena.allocateFrom(why),
          1);
      call(
          function("execv", ValueLayout.ADDRESS, ValueLayout.ADDRESS),
          arena.allocateFrom(program),
          pointers);
    }
    throw new IOException("`" + program + "` cannot be started.");
  }

  @SuppressWarnings("restricted") // the launcher allows it, and only the C library is called
  private static MethodHandle function(String name, java.lang.foreign.MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }

  private static void call(MethodHandle function, Object... arguments) throws IOException {
    try {
      var _ = function.invokeWithArguments(arguments);
    } catch (Throwable e) { // a method handle declares no less
      throw new IOException("The system cannot be called.", e);
    }
  }
}
