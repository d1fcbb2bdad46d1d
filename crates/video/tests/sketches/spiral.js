function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  noFill();
  beginShape();
  for (let i = 0; i < 300; i += 1) vertex(100 + i * 0.3 * cos(i * 0.1), 100 + i * 0.3 * sin(i * 0.1));
  endShape();
}
