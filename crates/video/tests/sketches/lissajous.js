function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(0);
  stroke(0, 255, 160);
  for (let i = 0; i < 400; i += 1) point(100 + 90 * sin(i * 0.03), 100 + 90 * sin(i * 0.02 + frameCount * 0.1));
}
