// <video> and <audio>: held, and put where the page's time is. Nothing plays: each frame is looked up.
(stage) => {
  const { prototype } = HTMLMediaElement;
  const of = (name) => Object.getOwnPropertyDescriptor(prototype, name);
  const [time, rate, source, stopped] = ["currentTime", "playbackRate", "srcObject", "paused"].map(of);
  const { pause, play } = prototype;
  // Whatever the code does to them later, frames are looked at, and it is told, by the browser's own.
  const { VideoFrame } = window;
  const { warn } = console;
  // Real milliseconds that a file may take to be read, a frame to be looked up, and to be shown then. Pages without a network
  // need far less; there are videos with gaps between their frames, where it is waited for in vain.
  const [READING, SEEKING, SHOWING] = [5000, 5000, 250];
  // Seconds: a frame is found for its own time although numbers are not exact, and a film's last one before its end.
  const [HAIR, LAST] = [0.0005, 0.001];

  // What plays: the page's time when it was at `at`, in seconds of its own.
  const plays = new Map();
  const finished = new WeakSet();
  // Where what was stopped stands for the page, in seconds; and what was put to another place since the last frame.
  const stands = new WeakMap();
  const moved = new Set();
  // Elements that the page, or we, have told to play or not: `autoplay` counts no more.
  const told = new WeakSet();

  const lasts = (media) => (media.duration > 0 ? media.duration : Number.POSITIVE_INFINITY);
  // What does not show what it should is a complaint of the page, once.
  const complained = new WeakSet();
  const complain = (media, words) => {
    if (!complained.has(media)) warn(`A <${media.localName}> ${words}`);
    complained.add(media);
  };
  // Where a film cannot do without it.
  const miss = (media, words) => {
    complain(media, words);
    stage.missing ??= `a <${media.localName}> ${words}`;
  };
  const tell = (media, ...names) => {
    for (const name of names) media.dispatchEvent(new Event(name));
  };
  const position = (media) => {
    const { since, at } = plays.get(media);
    const passed = at + ((stage.now - since) / 1000) * rate.get.call(media);
    return media.loop && passed >= lasts(media) ? passed % lasts(media) : Math.max(0, Math.min(passed, lasts(media)));
  };

  // Where the frame of a time is found: the last one is before the end.
  const near = (media, at) => Math.min(at + HAIR, lasts(media) - LAST);
  const stop = (media, at) => {
    plays.delete(media);
    stands.set(media, at);
  };
  const begin = (media, at) => {
    told.add(media);
    finished.delete(media);
    stands.delete(media);
    plays.set(media, { since: stage.now, at });
    stage.task().then(() => tell(media, "play", "playing"));
  };

  // Nobody can look up a stream's frames.
  const isStream = (media) => {
    if (source.get.call(media))
      complain(media, "keeps real time, because it is a stream: what it shows may differ from one time to the next");
    return Boolean(source.get.call(media));
  };

  prototype.play = function begins() {
    if (isStream(this)) return play.call(this);
    if (this.error) return Promise.reject(new DOMException(this.error.message, "NotSupportedError"));
    if (!plays.has(this)) begin(this, finished.has(this) ? 0 : this.currentTime);
    return stage.task();
  };
  prototype.pause = function hold() {
    told.add(this);
    pause.call(this);
    if (!plays.has(this)) return;
    const at = position(this);
    stop(this, at);
    if (this.readyState > 0) time.set.call(this, near(this, at));
    moved.add(this);
    stage.task().then(() => tell(this, "timeupdate", "pause"));
  };
  Object.defineProperties(prototype, {
    paused: {
      ...stopped,
      get() {
        return source.get.call(this) ? stopped.get.call(this) : !plays.has(this);
      },
    },
    ended: {
      ...of("ended"),
      get() {
        return finished.has(this);
      },
    },
    currentTime: {
      ...time,
      get() {
        return plays.has(this) ? position(this) : (stands.get(this) ?? time.get.call(this));
      },
      set(at) {
        finished.delete(this);
        stands.delete(this);
        moved.add(this);
        if (plays.has(this)) plays.set(this, { since: stage.now, at: Number(at) });
        time.set.call(this, at);
      },
    },
    playbackRate: {
      ...rate,
      set(times) {
        if (plays.has(this)) plays.set(this, { since: stage.now, at: position(this) });
        rate.set.call(this, times);
      },
    },
  });

  // What begins to play by itself does so at the page's time, and from its beginning.
  const mind = (media) => {
    if (!media.autoplay || told.has(media) || isStream(media)) return;
    pause.call(media);
    begin(media, 0);
  };
  const all = () => document.querySelectorAll("video, audio");
  window.addEventListener("play", ({ isTrusted, target }) => isTrusted && mind(target), true);
  stage.mindMedia = () => all().forEach(mind);

  const { HAVE_CURRENT_DATA, NETWORK_NO_SOURCE } = HTMLMediaElement;
  const isRead = (media) =>
    media.readyState >= HAVE_CURRENT_DATA || media.error || !media.currentSrc || media.networkState === NETWORK_NO_SOURCE;
  const isWanted = (media) => !source.get.call(media) && (plays.has(media) || media.preload !== "none");
  // What is not there then will not come.
  let isLate;
  // Whether the first frames are there of all that is to be seen at once.
  stage.hasMedia = () => {
    const missing = [...all()].filter((media) => isWanted(media) && !isRead(media));
    if (missing.length === 0) return true;
    if (isLate === undefined) {
      isLate = false;
      stage.realDelay(READING).then(() => {
        isLate = true;
      });
    }
    if (isLate) for (const media of missing) miss(media, `was not read within ${READING} ms`);
    return isLate;
  };

  const event = async (media, name, limit) => {
    const came = new Promise((resolve) => media.addEventListener(name, () => resolve(true), { once: true }));
    const isThere = await Promise.race([came, stage.realDelay(limit)]);
    if (!isThere) miss(media, `had no frame within ${limit} ms`);
  };
  // Whether the frame that anybody sees is that of the place: it may come a moment after the browser says that it is there.
  const isShown = (media) => {
    if (!media.videoWidth || media.readyState < HAVE_CURRENT_DATA) return true;
    let frame;
    try {
      frame = new VideoFrame(media);
    } catch {
      // It has none yet.
      return false;
    }
    const { timestamp, duration } = frame;
    frame.close();
    const at = time.get.call(media) * 1e6;
    // A frame that does not say how long it is seen is taken as it is.
    return !duration || (timestamp <= at + 1 && at < timestamp + duration + 1);
  };
  const arrive = async (media) => {
    stage.hasSought = true;
    if (media.seeking) await event(media, "seeked", SEEKING);
    let waited = 0;
    for (; !isShown(media) && waited < SHOWING; waited += 1) await stage.realDelay(1);
    if (waited === SHOWING) miss(media, `has no frame for its time ${time.get.call(media)} s, and shows the one before`);
  };
  const seek = async (media, at) => {
    if (media.readyState === 0 || Math.abs(time.get.call(media) - at) < HAIR / 2) return;
    time.set.call(media, at);
    await arrive(media);
    if (Math.abs(time.get.call(media) - at) > HAIR) miss(media, "cannot be put to its time: its server answers no range requests");
  };
  const place = async (media) => {
    // On its way to another place it has nothing either, and does not say so again when it is read.
    if (!isRead(media)) await event(media, media.seeking ? "seeked" : "loadeddata", READING);
    // It may have been paused meanwhile.
    if (!plays.has(media)) return;
    const at = position(media);
    await seek(media, near(media, at));
    if (at < lasts(media)) return;
    stop(media, at);
    finished.add(media);
    tell(media, "timeupdate", "pause", "ended");
  };
  const seen = new WeakSet();
  stage.placeMedia = async () => {
    stage.mindMedia();
    await Promise.all([...plays.keys()].map(place));
    await Promise.all([...moved].map(arrive));
    moved.clear();
    // One that is seen for the first time comes to the screen as late as one that shows another frame.
    for (const media of all()) {
      if (!media.videoWidth || media.readyState < HAVE_CURRENT_DATA || seen.has(media)) continue;
      seen.add(media);
      stage.hasSought = true;
    }
  };
};
