function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(0, 0, 30);
  noStroke();
  for (let i = 0; i < 30; i += 1) {
    fill(255, 255, random(100, 255));
    push();
    translate(random(200), random(200));
    rotate(frameCount * 0.1);
    triangle(-5, 4, 5, 4, 0, -6);
    pop();
  }
}
