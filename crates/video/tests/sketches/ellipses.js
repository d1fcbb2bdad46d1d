function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(10);
  noFill();
  translate(100, 100);
  for (let i = 0; i < 24; i += 1) {
    stroke(255, 120 + i * 5, i * 10);
    ellipse(0, 0, 180, 40);
    rotate(PI / 24);
  }
}
