function setup() {
  createCanvas(200, 200);
}

function draw() {
  background(255);
  noStroke();
  for (let i = 0; i < 200; i += 1) {
    fill(random(255), random(255), random(255), 160);
    circle(random(200), random(200), random(4, 20));
  }
}
