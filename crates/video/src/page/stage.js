// What the renderer asks of the page: get ready, and step to the next frame.
(stage) => {
  // Real milliseconds that a page gets for what cannot be hurried (decoding) before its own time goes on.
  const PATIENCE = 50;

  // Told by the hooks of p5: sketches that have begun and are not set up yet, and what has been drawn.
  stage.sketches = 0;
  stage.settingUp = 0;
  stage.draws = 0;

  // A script that failed will not get any further: nobody waits for it.
  let hasFailed = false;
  const fail = () => {
    hasFailed = true;
  };
  window.addEventListener("error", fail);
  window.addEventListener("unhandledrejection", fail);

  stage.step = async (until) => {
    stage.hasSought = false;
    await stage.runTimers(until);
    // Before the frame's callbacks: they may draw what a video shows.
    await stage.placeMedia?.();
    stage.runFrame();
    // p5 2 draws in promises that its frame callback begins.
    await stage.task();
    stage.runIdle();
    stage.placeMotion();
    for (let i = 0; i < window.frames.length; i += 1) {
      let inner;
      try {
        inner = window.frames[i].__proscenium_stage;
      } catch {
        // A frame of another origin keeps its own time.
      }
      await inner?.step(until);
      stage.hasSought ||= Boolean(inner?.hasSought);
    }
    return stage.draws;
  };

  // A step from frame to frame: the browser may still be drawing the one before.
  let taken;
  stage.follow = async (until) => {
    await taken;
    const draws = await stage.step(until);
    taken = stage.taken();
    return { draws, hasSought: stage.hasSought };
  };

  const images = () => Array.from(document.images).filter((image) => image.loading !== "lazy");
  const isReady = () =>
    document.readyState === "complete" &&
    document.fonts.status === "loaded" &&
    stage.settingUp === 0 &&
    images().every((image) => image.complete) &&
    (stage.hasMedia?.() ?? true);

  // Waits until everything that the page needs is there. Its time goes on only when waiting does not help, so that it is
  // the same each time, however long a picture takes to decode.
  stage.settle = async (interval) => {
    await stage.task();
    let waited = 0;
    stage.mindMedia?.();
    while (!isReady() && !hasFailed) {
      await stage.realDelay(2);
      waited += 2;
      if (waited < PATIENCE) continue;
      const next = stage.nextTimer();
      if (next !== undefined || stage.wantsFrames()) {
        waited = 0;
        await stage.step(Math.min(next ?? Number.POSITIVE_INFINITY, stage.now + interval));
      }
    }
    await Promise.all(images().map((image) => image.decode().catch(() => {})));
    await stage.task();
    // p5 waits one frame before its first draw: this is the film's first frame.
    for (let i = 0; stage.sketches > 0 && stage.draws === 0 && i < 3; i += 1) await stage.step(stage.now + interval);
    if (stage.draws === 0) await stage.step(stage.now);
    return { now: stage.now, draws: stage.draws };
  };

  Object.defineProperty(window, "__proscenium_stage", { value: stage });
};
