package dev.hearth.runtime.engine;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;

/** Makes {@link StopInstrument} known to the engine, which finds it by its service file. */
@TruffleInstrument.Registration(
    id = StopInstrument.ID,
    name = "Hearth's stop",
    services = StopInstrument.Switch.class)
public final class StopInstrumentProvider extends TruffleInstrumentProvider {
  @Override
  protected String getInstrumentClassName() {
    return StopInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new StopInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(StopInstrument.Switch.class.getName());
  }

  @Override
  protected List<String> getInternalResourceIds() {
    return List.of();
  }

  @Override
  protected Object createInternalResource(String id) {
    throw new IllegalArgumentException("There is no resource `" + id + "`.");
  }
}
