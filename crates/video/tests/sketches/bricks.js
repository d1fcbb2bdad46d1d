function setup() {
  createCanvas(200, 200);
  noLoop();
}

function draw() {
  background(90);
  for (let y = 0; y < 10; y += 1) {
    for (let x = -1; x < 8; x += 1) {
      fill(150 + random(60), 60, 40);
      rect(x * 30 + (y % 2) * 15, y * 20, 28, 18);
    }
  }
}
