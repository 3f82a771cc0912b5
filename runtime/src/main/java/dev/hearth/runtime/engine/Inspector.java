package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Inspection;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.runtime.effect.http.WebSocket;
import dev.hearth.runtime.effect.http.WebSocketHandshake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.MessageEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The door through which a debugger looks into one run: GraalVM's inspector behind a server of
 * ours.
 *
 * <p>Its own server lists the address with the secret part for everybody who asks ({@code /json}),
 * and asks for no {@code Host}, so that every user of the machine and every page in its browser
 * could come in. Ours answers nobody who does not know the whole address. As all messages pass
 * here, it is also known when the recipe is paused, and a debugger that goes away lets it go on.
 */
public final class Inspector implements AutoCloseable {
  private static final Pattern LOCAL_NAME =
      Pattern.compile("(localhost|[\\d.]+|\\[[\\da-fA-F:.]+])(:\\d+)?");

  private final Inspection asked;
  private final String path = "/" + ModuleTokens.newToken();
  private final StreamServer server;
  private final AtomicReference<@Nullable WebSocket> client = new AtomicReference<>();
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch mayBegin;
  private final AtomicInteger commands = new AtomicInteger();
  private volatile @Nullable MessageEndpoint engine;
  private volatile boolean beginning; // the recipe's first line has not been seen
  private volatile int pauseCommand;
  private final CountDownLatch pauseTaken = new CountDownLatch(1);

  // Guarded by this.
  private long heldNanos;
  private long heldSince;

  private Inspector(Inspection asked, Net net) {
    this.asked = asked;
    this.mayBegin = new CountDownLatch(asked.waits() ? 1 : 0);
    var listener = net.listen(asked.host(), asked.port(), null);
    this.server = StreamServer.start(listener, new HttpService(this::answer), (peer, e) -> {});
  }

  /** Listens from now on. */
  public static Inspector open(Inspection asked, Net net) {
    return new Inspector(asked, net);
  }

  /** Where a debugger finds it; whoever knows this can come in. */
  public String url() {
    return "ws://" + server.address() + path;
  }

  /** An engine of its own for one realm; the one that all share has no debugger. */
  Engine engine() {
    try {
      return Engine.newBuilder("js")
          .option("engine.WarnInterpreterOnly", "false")
          .option("inspect", "0")
          .option("inspect.Suspend", "false")
          .option("inspect.Path", path.substring(1))
          .allowExperimentalOptions(true)
          .serverTransport((uri, peer) -> connected(peer))
          .err(OutputStream.nullOutputStream()) // says the address that is not the one
          .build();
    } catch (IllegalArgumentException e) {
      throw new HearthException(EngineError.INSPECTOR_MISSING).causedBy(e);
    }
  }

  private HttpResponse answer(HttpRequest request) {
    var host = request.headers().first("Host").orElse("");
    var same =
        MessageDigest.isEqual(
            request.path().getBytes(StandardCharsets.UTF_8), path.getBytes(StandardCharsets.UTF_8));
    if (!LOCAL_NAME.matcher(host).matches() || !same) {
      return HttpResponse.of(404);
    }
    return client.get() == null
        ? WebSocketHandshake.accept(request, List.of(), this::serve)
        : HttpResponse.of(409, "text/plain", "Another debugger is there.\n");
  }

  private void serve(WebSocket socket) {
    if (!client.compareAndSet(null, socket)) {
      return;
    }
    try {
      connected.await();
      while (socket.receive() instanceof WebSocket.Text(var text)) {
        fromDebugger(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.set(null);
      letGo();
    }
  }

  private void fromDebugger(String text) {
    var message = DebuggerMessages.read(text);
    switch (message.path("method").asText()) {
      case "Debugger.setBlackboxPatterns" -> tell(DebuggerMessages.withOurs(message));
      case "Debugger.enable" -> {
        tell(text);
        tell(DebuggerMessages.passOverOurs(commands.incrementAndGet()).toString());
      }
      case "Runtime.runIfWaitingForDebugger" -> {
        tell(text);
        mayBegin.countDown();
      }
      default -> tell(text);
    }
  }

  private void tell(String text) {
    var peer = engine;
    if (peer != null) {
      try {
        peer.sendText(text);
      } catch (IOException e) {
        throw new IllegalStateException("The inspector of this process does not listen.", e);
      }
    }
  }

  private MessageEndpoint connected(MessageEndpoint peer) {
    engine = peer;
    connected.countDown();
    return new Ours();
  }

  /** What the inspector says goes to the debugger, but for what answers us. */
  private void fromEngine(String text) {
    if (text.contains("\"id\":-") || text.contains("\"Debugger.")) {
      var message = DebuggerMessages.read(text);
      if (DebuggerMessages.isForUs(message)) {
        if (DebuggerMessages.answers(message, pauseCommand)) {
          pauseTaken.countDown();
        }
        return;
      }
      switch (message.path("method").asText()) {
        case "Debugger.paused" -> {
          hold();
          if (beginning && DebuggerMessages.isBeforeTheBeginning(message)) {
            Thread.ofVirtual().name("hearth-inspect").start(this::goOnToTheBeginning);
            return;
          }
          beginning = false;
        }
        case "Debugger.resumed" -> {
          release();
          if (beginning) {
            return;
          }
        }
        default -> {}
      }
    }
    var debugger = client.get();
    if (debugger != null) {
      debugger.send(text);
    }
  }

  /**
   * Modules are linked and facades run before the recipe; that is not what somebody wants to see.
   */
  private void goOnToTheBeginning() {
    command("Debugger.stepInto");
  }

  /**
   * Waits for the debugger's word, where that was asked for.
   *
   * @param wanted whether to go on waiting
   * @return whether the recipe may begin
   */
  boolean awaitDebugger(BooleanSupplier wanted) throws InterruptedException {
    hold();
    try {
      var may = mayBegin.getCount() == 0;
      while (!may && wanted.getAsBoolean()) {
        may = mayBegin.await(50, TimeUnit.MILLISECONDS);
      }
      if (may && asked.waits()) {
        pauseAtFirstLine(wanted);
      }
      return may;
    } finally {
      release();
    }
  }

  /**
   * The inspector takes a command on a thread of its own, and a quick recipe would be over by then.
   */
  private void pauseAtFirstLine(BooleanSupplier wanted) throws InterruptedException {
    beginning = true;
    pauseCommand = commands.incrementAndGet(); // known before the answer can come
    tell(DebuggerMessages.command(pauseCommand, "Debugger.pause").toString());
    while (client.get() != null
        && wanted.getAsBoolean()
        && !pauseTaken.await(50, TimeUnit.MILLISECONDS)) {
      // waits on: nothing else tells that a debugger went away
    }
  }

  /** A recipe that is paused goes on, and is not paused any more by this debugger. */
  void letGo() {
    command("Debugger.disable");
    release();
  }

  private void command(String method) {
    tell(DebuggerMessages.command(commands.incrementAndGet(), method).toString());
  }

  private synchronized void hold() {
    if (heldSince == 0) {
      heldSince = System.nanoTime();
    }
  }

  private synchronized void release() {
    if (heldSince != 0) {
      heldNanos += System.nanoTime() - heldSince;
      heldSince = 0;
    }
  }

  /** Whether a debugger holds the recipe now. */
  synchronized boolean holds() {
    return heldSince != 0;
  }

  /** How long a debugger has held the recipe so far, or it waited for one. */
  public synchronized Duration held() {
    return Duration.ofNanos(heldNanos + (heldSince == 0 ? 0 : System.nanoTime() - heldSince));
  }

  /** Whether the recipe begins only when a debugger is there. */
  public boolean waits() {
    return asked.waits();
  }

  @Override
  public void close() {
    connected.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException("The door of the debugger cannot be closed.", e);
    }
  }

  /** Our end of the inspector's connection. */
  private final class Ours implements MessageEndpoint {
    @Override
    public void sendText(String text) {
      fromEngine(text);
    }

    @Override
    public void sendBinary(ByteBuffer data) {}

    @Override
    public void sendPing(ByteBuffer data) {}

    @Override
    public void sendPong(ByteBuffer data) {}

    @Override
    public void sendClose() {
      engine = null;
      var debugger = client.get();
      if (debugger != null) {
        debugger.close();
      }
    }
  }
}
