function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(245);
  noFill();
  for (let i = 0; i < 8; i += 1) {
    beginShape();
    for (let x = -20; x <= 220; x += 20) curveVertex(x, 100 + 60 * sin(x * 0.05 + i * 0.4 + frameCount * 0.1));
    endShape();
  }
}
