// What pages take for chance: the same for the same seed. p5's random() and noise() draw from Math.random.
(stage, options) => {
  // Four words of state, small and quick: "sfc32" of the PractRand suite.
  const generator = (seed) => {
    let [a, b, c, d] = seed;
    let taken = 0;
    const next = () => {
      taken += 1;
      const sum = (a + b + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (c << 21) | (c >>> 11);
      c = (c + sum) | 0;
      return sum >>> 0;
    };
    // The first words still look like the seed.
    for (let i = 0; i < 15; i += 1) next();
    taken = 0;
    next.taken = () => taken;
    return next;
  };
  const inverted = (seed) => seed.map((word) => ~word);

  let random = generator(options.seed);
  // A stream of its own, so that an id more does not change what is drawn.
  let bytes = generator(inverted(options.seed));

  // From now on the chance of this seed, where it would be had it been there from the beginning: libraries take some of it
  // while they load.
  stage.sow = (seed) => {
    const resumed = (words, before) => {
      const next = generator(words);
      while (next.taken() < before.taken()) next();
      return next;
    };
    random = resumed(seed, random);
    bytes = resumed(inverted(seed), bytes);
  };

  Math.random = () => (random() * 2 ** 21 + (random() >>> 11)) / 2 ** 53;

  crypto.getRandomValues = (array) => {
    const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < view.length; i += 1) view[i] = bytes();
    return array;
  };
  crypto.randomUUID = () => {
    const parts = crypto.getRandomValues(new Uint8Array(16));
    parts[6] = (parts[6] & 0x0f) | 0x40;
    parts[8] = (parts[8] & 0x3f) | 0x80;
    const text = Array.from(parts, (part) => part.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
};
