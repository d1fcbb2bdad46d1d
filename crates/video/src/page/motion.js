// CSS animations and transitions, the Web Animations API and SVG's own: held, and put where the page's time is.
(stage) => {
  const { prototype } = Animation;
  const real = Object.getOwnPropertyDescriptor(prototype, "currentTime");
  const { pause, play } = prototype;
  // Each animation that we move: the page's time when it was at the start of its count, and where that count began.
  const moved = new WeakMap();
  const held = new WeakSet();
  // Those that we have stopped, and the page has not.
  const stopped = new WeakSet();

  Object.defineProperty(prototype, "currentTime", {
    ...real,
    set(time) {
      if (time !== null) moved.set(this, { since: stage.now, at: Number(time) });
      real.set.call(this, time);
    },
  });
  prototype.pause = function hold() {
    held.add(this);
    pause.call(this);
  };
  prototype.play = function resume() {
    if (held.delete(this)) moved.set(this, { since: stage.now, at: Number(real.get.call(this)) || 0 });
    play.call(this);
  };

  // Timelines of scrolling have a source, of any window; their positions are no times, and the page moves them itself. What
  // has no timeline stands still.
  const goesByTime = (timeline) => timeline !== null && !("source" in timeline);

  const place = (animation) => {
    if (held.has(animation)) return;
    if (!goesByTime(animation.timeline)) {
      // It went by time until now: by what it follows from here on, it goes by itself again.
      if (stopped.delete(animation)) play.call(animation);
      moved.delete(animation);
      return;
    }
    let start = moved.get(animation);
    if (!start) {
      if (animation.playState !== "running") return;
      start = { since: stage.now, at: 0 };
      moved.set(animation, start);
    }
    const end = animation.effect?.getComputedTiming().endTime ?? Number.POSITIVE_INFINITY;
    const time = start.at + (stage.now - start.since) * animation.playbackRate;
    if (time >= end && animation.playbackRate > 0) {
      // Only an end makes its promises and events come.
      if (animation.playState !== "finished" && animation.playState !== "idle") animation.finish();
      return;
    }
    if (animation.playState === "running") {
      stopped.add(animation);
      pause.call(animation);
    }
    real.set.call(animation, time);
  };

  stage.placeMotion = () => {
    for (const animation of document.getAnimations()) place(animation);
    for (const drawing of document.querySelectorAll("svg")) {
      drawing.pauseAnimations();
      drawing.setCurrentTime(stage.now / 1000);
    }
  };
  Object.defineProperty(document.timeline, "currentTime", { get: () => stage.now });
};
