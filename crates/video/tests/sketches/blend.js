function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(0);
  blendMode(ADD);
  noStroke();
  fill(255, 0, 0);
  circle(80, 80, 90);
  fill(0, 255, 0);
  circle(120, 80, 90);
  fill(0, 0, 255);
  circle(100, 120, 90);
  blendMode(BLEND);
}
