function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(40);
  translate(100, 100);
  rotate(frameCount * 0.2);
  fill(255, 180, 0);
  rect(-50, -20, 100, 40);
}
