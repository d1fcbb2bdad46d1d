function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(20);
  noFill();
  strokeWeight(4);
  for (let i = 0; i < 12; i += 1) {
    stroke(255 - i * 15, i * 20, 120);
    arc(100, 100, 180 - i * 14, 180 - i * 14, i * 0.3 + frameCount * 0.1, i * 0.3 + 4);
  }
}
