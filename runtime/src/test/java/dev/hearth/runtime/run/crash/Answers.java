package dev.hearth.runtime.run.crash;

import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.run.RunDetails.StepState;

/** What a person does before a run is resumed: looks whether open steps have done their work. */
final class Answers {
  private Answers() {}

  static TakeUpRequest resume(Trip trip) {
    var run = trip.run().orElseThrow();
    var request = TakeUpRequest.resume(run.summary().run());
    for (var step : run.steps()) {
      var n = Integer.parseInt(step.name().substring("step ".length()));
      var open = step.state() == StepState.OPEN || step.state() == StepState.UNDOING;
      if (open && n % 2 == 1) { // the others find out for themselves
        request =
            trip.lines().contains("line " + n)
                ? request.skip(step.name())
                : request.redo(step.name());
      }
    }
    return request;
  }
}
