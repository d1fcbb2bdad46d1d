function setup() {
  createCanvas(200, 200);
  pixelDensity(1);
  noLoop();
}

function draw() {
  loadPixels();
  for (let x = 0; x < 200; x += 1) {
    for (let y = 0; y < 200; y += 1) set(x, y, map(noise(x * 0.02, y * 0.02), 0, 1, 0, 255));
  }
  updatePixels();
}
