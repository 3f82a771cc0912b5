package dev.hearth.runtime.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/**
 * A JavaScript world that is nobody's yet: its engine is started, its scripts are read, nothing has
 * run in it.
 *
 * <p>The first one takes half the time of a short run and needs nothing of the recipe, so it can be
 * {@link #prepare prepared} by a thread of its own while the recipe is read and its parameters are
 * settled. That thread is done with it before anyone takes it, as a context is one thread's at a
 * time.
 */
public final class BlankRealm {
  final Context context;

  private final Engine engine;

  /** What its imports will come from. */
  final ModuleFileSystem files = new ModuleFileSystem();

  /**
   * Connects the web's globals, which are there already, to a realm; returns what web.js offers.
   */
  final Value web;

  /** The function of globals.js. */
  final Value globals;

  /** The function of bootstrap.js. */
  final Value bootstrap;

  /** {@code import()} with what to call when it succeeds and when it fails. */
  final Value importModule;

  private static final AtomicReference<@Nullable CompletableFuture<BlankRealm>> NEXT =
      new AtomicReference<>();

  private BlankRealm() {
    this(Shared.ENGINE);
  }

  private BlankRealm(Engine engine) {
    this.engine = engine;
    context =
        Context.newBuilder("js")
            .engine(engine)
            .allowHostAccess(Shared.ACCESS)
            .allowIO(IOAccess.newBuilder().fileSystem(files).build())
            .allowExperimentalOptions(true)
            .option("js.unhandled-rejections", "throw")
            .option("js.lazy-translation", "true") // of functions, most of which no recipe calls
            .option("js.disable-eval", "true")
            .option("js.regexp-static-result", "false") // it would show what others matched last
            .option("js.load", "false")
            .option("js.print", "false")
            .option("js.console", "false")
            .option("js.graal-builtin", "false")
            .option("js.polyglot-builtin", "false")
            .build();
    web = context.eval(Shared.WEB);
    globals = context.eval(Shared.GLOBALS);
    bootstrap = context.eval(Shared.BOOTSTRAP);
    importModule = context.eval(Shared.IMPORT);
  }

  /** Begins to make the next one, unless there is one; returns at once. */
  public static void prepare() {
    var next = new CompletableFuture<BlankRealm>();
    if (NEXT.compareAndSet(null, next)) {
      Thread.ofPlatform()
          .name("hearth-engine")
          .daemon()
          .start(() -> next.completeAsync(BlankRealm::new, Runnable::run));
    }
  }

  /** The one that was prepared, else a new one. */
  static BlankRealm take() {
    var prepared = NEXT.getAndSet(null);
    try {
      return prepared == null ? new BlankRealm() : prepared.join();
    } catch (CompletionException e) {
      return new BlankRealm(); // and so fail where somebody sees it, if it fails again
    }
  }

  /** One whose engine is its own, for a debugger to look into. */
  static BlankRealm inspected(Inspector inspector) {
    return new BlankRealm(inspector.engine());
  }

  /** Ends the context whatever it does, and with it an engine that nobody shares. */
  void close() {
    context.close(true);
    if (!engine.equals(Shared.ENGINE)) {
      engine.close(true);
    }
  }

  /** What all realms of this process share; contexts on one engine must have one HostAccess. */
  private static final class Shared {
    static final Engine ENGINE =
        Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    static final HostAccess ACCESS =
        HostAccess.newBuilder(HostAccess.NONE).allowBufferAccess(true).build();
    static final Source WEB = EngineResource.script("web/web.js");
    static final Source GLOBALS = EngineResource.script("globals.js");
    static final Source BOOTSTRAP = EngineResource.script("bootstrap.js");
    static final Source IMPORT =
        Source.newBuilder("js", "(u, ok, bad) => void import(u).then(ok, bad)", "hearth:import")
            .internal(true)
            .buildLiteral();
  }
}
