// Three hundred arcs, each somewhere else in each frame: what a small sketch asks of a canvas.
globalThis.setup = () => {
  createCanvas(800, 800);
  noFill();
};

globalThis.draw = () => {
  background(18, 22, 40);
  for (let i = 0; i < 300; i += 1) {
    const turn = i * 0.31 + frameCount * 0.02;
    const far = 40 + i * 1.15;
    stroke(90 + (i % 160), 120, 220 - (i % 120));
    strokeWeight(1 + (i % 4));
    arc(400 + Math.cos(turn) * 60, 400 + Math.sin(turn) * 60, far, far, turn, turn + 1.4);
  }
};
