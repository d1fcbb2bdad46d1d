let x = 100;
let y = 100;

function setup() {
  createCanvas(200, 200);
  background(255);
}

function draw() {
  stroke(0);
  for (let i = 0; i < 300; i += 1) {
    x = constrain(x + random([-2, 0, 2]), 0, 199);
    y = constrain(y + random([-2, 0, 2]), 0, 199);
    point(x, y);
  }
}
