// The page's time. It stands still until the stage lets it pass, and every way to ask for it tells the same.
(stage, options) => {
  const RealDate = Date;
  const realTimeout = window.setTimeout.bind(window);
  const realFrame = window.requestAnimationFrame.bind(window);
  const timers = new Map();
  let callbacks = new Map();
  let idle = new Map();
  let lastId = 0;
  // How deep the timer that runs right now was set by other timers.
  let depth = 0;

  const call = (callback, ...args) => {
    try {
      if (typeof callback === "function") callback.apply(window, args);
      // biome-ignore lint/security/noGlobalEval: timers take code as text, and pages still do it
      else window.eval(String(callback));
    } catch (error) {
      reportError(error);
    }
  };

  stage.now = 0;
  stage.realDelay = (ms) => new Promise((resolve) => realTimeout(resolve, ms));

  // A task of the browser's own: whatever the page has put off until later (promises, messages) has run when it comes.
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  stage.task = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(0);
    });

  // The browser takes what it draws out of the page in one task, which begins with the frame callbacks: once the next task
  // runs, the frame is the browser's, and whatever the page does then is of the frame after it.
  stage.taken = () => new Promise((resolve) => realFrame(() => stage.task().then(resolve)));

  const set = (repeats) =>
    function setTimer(callback, delay, ...args) {
      lastId += 1;
      // As browsers do it: nothing is due at once, and timers that set timers are slowed down.
      const shortest = depth >= 5 ? 4 : 1;
      const every = Math.max(Number(delay) || 0, shortest);
      timers.set(lastId, { id: lastId, callback, args, every, repeats, due: stage.now + every, depth: depth + 1 });
      return lastId;
    };
  const clear = (id) => {
    timers.delete(Number(id));
  };
  window.setTimeout = set(false);
  window.setInterval = set(true);
  window.clearTimeout = clear;
  window.clearInterval = clear;

  window.requestAnimationFrame = (callback) => {
    lastId += 1;
    callbacks.set(lastId, callback);
    return lastId;
  };
  window.cancelAnimationFrame = (id) => {
    callbacks.delete(id);
  };
  window.requestIdleCallback = (callback) => {
    lastId += 1;
    idle.set(lastId, callback);
    return lastId;
  };
  window.cancelIdleCallback = (id) => {
    idle.delete(id);
  };

  const earliest = () => {
    let first;
    for (const timer of timers.values()) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.id < first.id)) first = timer;
    }
    return first;
  };
  stage.nextTimer = () => earliest()?.due;
  stage.wantsFrames = () => callbacks.size > 0;

  // Runs every timer that is due until then, in order, each as a task of its own.
  stage.runTimers = async (until) => {
    for (let timer = earliest(); timer && timer.due <= until; timer = earliest()) {
      stage.now = Math.max(stage.now, timer.due);
      if (timer.repeats) {
        timer.due += timer.every;
      } else {
        timers.delete(timer.id);
      }
      depth = timer.depth;
      call(timer.callback, ...timer.args);
      depth = 0;
      await stage.task();
    }
    stage.now = Math.max(stage.now, until);
  };

  // What an animation frame runs; what asks for another one during it gets the next.
  stage.runFrame = () => {
    const now = callbacks;
    callbacks = new Map();
    for (const [id, callback] of now) {
      now.delete(id);
      call(callback, stage.now);
    }
  };

  stage.runIdle = () => {
    const now = idle;
    idle = new Map();
    for (const callback of now.values()) call(callback, { didTimeout: false, timeRemaining: () => 1 });
  };

  const wall = () => options.epoch + Math.floor(stage.now);
  function VirtualDate(...args) {
    if (!new.target) return new RealDate(wall()).toString();
    return Reflect.construct(RealDate, args.length > 0 ? args : [wall()], new.target);
  }
  Object.setPrototypeOf(VirtualDate, RealDate);
  VirtualDate.prototype = RealDate.prototype;
  Object.defineProperties(VirtualDate, {
    name: { value: "Date" },
    length: { value: 7 },
    now: { value: wall, writable: true, configurable: true },
  });
  RealDate.prototype.constructor = VirtualDate;
  window.Date = VirtualDate;

  performance.now = () => stage.now;
  Object.defineProperty(performance, "timeOrigin", { value: options.epoch });
  const Instant = globalThis.Temporal?.Instant;
  if (Instant) {
    const Now = Temporal.Now;
    const instant = () => Instant.fromEpochMilliseconds(wall());
    const zoned = (zone) => instant().toZonedDateTimeISO(zone ?? Now.timeZoneId());
    Now.instant = instant;
    Now.zonedDateTimeISO = zoned;
    Now.plainDateTimeISO = (zone) => zoned(zone).toPlainDateTime();
    Now.plainDateISO = (zone) => zoned(zone).toPlainDate();
    Now.plainTimeISO = (zone) => zoned(zone).toPlainTime();
  }
};
