package dev.hearth.log;

import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process of its own does in {@link ProcessLogTest}: libraries in it say what they should
 * not, in each way in which libraries log, and one of its threads has a bug.
 */
final class TalkativeLibraries {
  private TalkativeLibraries() {}

  /** Argument: the secret. */
  public static void main(String... arguments) throws InterruptedException {
    ProcessLog.begin();
    var log = new FileLog(Environment.system());
    ProcessLog.writeTo(log);
    log.secretKnown(Secret.of(arguments[0]));

    var byJava = Logger.getLogger("okhttp3.OkHttpClient");
    byJava.log(Level.WARNING, "leaked {0}", arguments[0]);
    byJava.log(Level.SEVERE, "failed", new IOException("with " + arguments[0]));
    byJava.info("said for information");
    byJava.fine("said to debug");
    var byFacade = LoggerFactory.getLogger("org.apache.sshd.client");
    byFacade.warn("sent {}", arguments[0], new IOException("broke at " + arguments[0]));
    byFacade.info("said for information");
    byFacade.debug("said to debug");
    byFacade.trace("bytes of {}", arguments[0]);
    System.getLogger("sun.net.www").log(System.Logger.Level.ERROR, "the JDK {0}", arguments[0]);

    var thread =
        new Thread(
            () -> {
              throw new IllegalStateException("lost " + arguments[0]);
            },
            "background");
    thread.start();
    thread.join();
  }
}
