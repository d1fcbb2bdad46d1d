// What pages take for chance: the same for the same seed. p5's random() and noise() draw from Math.random.
(_stage, options) => {
  // Four words of state, small and quick: "sfc32" of the PractRand suite.
  const generator = (seed) => {
    let [a, b, c, d] = seed;
    const next = () => {
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
    return next;
  };

  const random = generator(options.seed);
  Math.random = () => (random() * 2 ** 21 + (random() >>> 11)) / 2 ** 53;

  // A stream of its own, so that an id more does not change what is drawn.
  const bytes = generator(options.seed.map((word) => ~word));
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
