function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  noFill();
  beginShape();
  for (let x = 0; x < 200; x += 4) vertex(x, noise(x * 0.02, frameCount * 0.1) * 200);
  endShape();
}
