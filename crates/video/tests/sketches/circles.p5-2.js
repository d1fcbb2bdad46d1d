function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  noFill();
  for (let i = 1; i < 12; i += 1) {
    stroke(i * 20, 60, 160);
    circle(100, 100, i * 16 + frameCount);
  }
}
