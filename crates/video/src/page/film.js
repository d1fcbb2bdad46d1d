// What the camera asks of a page: go on to a time of the film, and say what in it does not wait.
(stage, options) => {
  // The film's time at which this document came; its own time counts from there.
  let came;

  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility();
  };
  const isForeign = (frame) => {
    try {
      return !frame.contentDocument;
    } catch {
      return true;
    }
  };
  const unsteady = () => {
    for (const media of document.querySelectorAll("video, audio")) {
      if (media.srcObject && !media.paused) return `a <${media.localName}> that plays a stream`;
    }
    for (const frame of document.querySelectorAll("iframe")) {
      if (isForeign(frame) && isSeen(frame)) return `a frame of another site (${frame.src})`;
    }
    return null;
  };

  // The browser lets carets blink by its own clock; they are told not to, and blink by the page's.
  const forEver = { duration: 1e9, iterations: Number.POSITIVE_INFINITY };
  const blinks = 500;
  let caret;
  const focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  };
  const placeCaret = () => {
    const element = focused();
    if (caret?.element !== element) {
      caret?.held.cancel();
      caret?.hidden?.cancel();
      caret = element && { element, since: stage.now, held: element.animate({ caretAnimation: ["manual", "manual"] }, forEver) };
    }
    if (!caret) return;
    const isHidden = Math.floor((stage.now - caret.since) / blinks) % 2 === 1;
    if (isHidden === Boolean(caret.hidden)) return;
    if (isHidden) {
      caret.hidden = element.animate({ caretColor: ["transparent", "transparent"] }, forEver);
    } else {
      caret.hidden.cancel();
      caret.hidden = undefined;
    }
  };
  window.addEventListener(
    "input",
    () => {
      if (caret) caret.since = stage.now;
    },
    true,
  );

  stage.filmTo = async (film) => {
    if (came === undefined) {
      came = film - stage.now;
      // The calendar goes on where the document before left it.
      options.epoch += came;
    }
    await stage.step(Math.max(stage.now, film - came));
    placeCaret();
    return { unsteady: unsteady(), missing: stage.missing, hasSought: stage.hasSought };
  };

  // What does not come is told when a frame of it is to be seen.
  const firstFrame = (media) =>
    new Promise((resolve) => {
      if (media.readyState > 1 || media.error || media.srcObject || !media.currentSrc || media.preload === "none") resolve();
      for (const name of ["loadeddata", "error"]) media.addEventListener(name, resolve, { once: true });
    });

  // Fonts, pictures and videos are there or not by how fast the machine is: they are waited for before anything is seen.
  stage.ready = async (limit) => {
    const images = Array.from(document.images).filter((image) => image.loading !== "lazy");
    const decoded = images.map((image) => image.decode().catch(() => {}));
    const videos = Array.from(document.querySelectorAll("video"), firstFrame);
    await Promise.race([Promise.all([document.fonts.ready, ...decoded, ...videos]), stage.realDelay(limit)]);
    await stage.task();
  };
};
